/** What people paste as an API key, and whether it can be one. */

import { stripHidden } from '../../base/common/hiddenText.ts';

/** What stands before a key in a shell, a `curl` line or an `.env` file. Each moves on from where the last one ended. */
const prefixes: readonly RegExp[] = [
  /[\s"'`“”‘’]+/y,
  /(?:-H|--header)(?:\s+|=|(?=["']))/y,
  /Authorization\s*:/iy,
  /Bearer\s+/iy,
  /(?:export\s+|set\s+|\$env:)?[A-Z_][A-Z0-9_]*\s*=\s*(?=[^\s=])/y,
];
const suffix = /[\s"'`“”‘’;,\\；，]/;

/**
 * Takes away what comes along with a copied key: blanks and invisible characters, quotes, `;` and `,` at the end,
 * `Authorization: Bearer`, `-H`, `export NAME=`. Linear in the text.
 */
export function normalizeApiKey(pasted: string): string {
  // Hidden characters are no part of any key; the other blanks of Unicode are blanks.
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

/** `empty`, `characters`, `short` and `long` can't work; `prefix` is unusual for a platform. */
export type ApiKeyProblem = 'empty' | 'characters' | 'short' | 'long' | 'prefix';

/** `prefix`: how the platform's keys begin, where they all do. */
export function findApiKeyProblem(key: string, prefix = ''): ApiKeyProblem | undefined {
  if (key === '') return 'empty';
  if (key.length > longestKey) return 'long';
  if (!/^[\x21-\x7E]+$/.test(key)) return 'characters';
  if (key.length < 6) return 'short';
  return key.startsWith(prefix) ? undefined : 'prefix';
}
