/** Normalizes and validates pasted API keys. */

import { stripHidden } from '../../base/common/hiddenText.ts';

/** Text before a key in a shell, a `curl` line or an `.env` file. Each matches at the end of the match before. */
const prefixes: readonly RegExp[] = [
  /[\s"'`“”‘’]+/y,
  /(?:-H|--header)(?:\s+|=|(?=["']))/y,
  /Authorization\s*:/iy,
  /Bearer\s+/iy,
  /(?:export\s+|set\s+|\$env:)?[A-Z_][A-Z0-9_]*\s*=\s*(?=[^\s=])/y,
];
const suffix = /[\s"'`“”‘’;,\\；，]/;

/**
 * Removes what is copied together with a key: blanks and invisible characters, quotes, `;` and `,` at the end,
 * `Authorization: Bearer`, `-H`, `export NAME=`. Linear in the text.
 */
export function normalizeApiKey(pasted: string): string {
  const text = stripHidden(pasted).replace(/\p{Zs}/gu, ' ');
  let end = text.length;
  while (end > 0 && suffix.test(text[end - 1] ?? '')) end--;
  const key = text.slice(0, end);
  let start = 0;
  for (let before = -1; start !== before; ) {
    before = start;
    for (const prefix of prefixes) {
      prefix.lastIndex = start;
      if (prefix.test(key)) start = prefix.lastIndex;
    }
  }
  return key.slice(start);
}

/** In UTF-16 units; tokens of gateways have up to 2,000. */
const longestKey = 4096;

/** Keys with `prefix` may be valid; those with another problem are not. */
export type ApiKeyProblem = 'empty' | 'characters' | 'short' | 'long' | 'prefix';

/** `prefix`: how all keys of the platform begin; empty if unknown. */
export function findApiKeyProblem(key: string, prefix = ''): ApiKeyProblem | undefined {
  if (key === '') return 'empty';
  if (key.length > longestKey) return 'long';
  if (!/^[\x21-\x7E]+$/.test(key)) return 'characters';
  if (key.length < 6) return 'short';
  return key.startsWith(prefix) ? undefined : 'prefix';
}
