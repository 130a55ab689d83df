/** What people paste as an API key, and whether it can be one. */

import { stripHidden } from './hiddenText.ts';

/** What stands around a key in a shell, a `curl` line or an `.env` file; taken away until nothing matches. */
const wrappings: readonly RegExp[] = [
  /^["'`“”‘’]+/,
  /(?<!["'`“”‘’])["'`“”‘’]+$/,
  /(?<![;,\\；，])[;,\\；，]+$/,
  /^(?:-H|--header)(?:\s+|=|(?=["']))/,
  /^Authorization\s*:/i,
  /^Bearer\s+/i,
  /^(?:export\s+|set\s+|\$env:)?[A-Z_][A-Z0-9_]*\s*=\s*(?=[^\s=])/,
];

/**
 * Takes away what comes along with a copied key: blanks and invisible characters, quotes, `;` and `,` at the end,
 * `Authorization: Bearer`, `-H`, `export NAME=`.
 */
export function normalizeApiKey(pasted: string): string {
  // Hidden characters are no part of any key; the other blanks of Unicode are blanks.
  let key = stripHidden(pasted)
    .replace(/\p{Zs}/gu, ' ')
    .trim();
  for (;;) {
    const before = key;
    for (const wrapping of wrappings) key = key.replace(wrapping, '').trim();
    if (key === before) return key;
  }
}

/** `empty`, `characters` and `short` can't work; `prefix` is unusual for DashScope, whose keys start with `sk-`. */
export type ApiKeyProblem = 'empty' | 'characters' | 'short' | 'prefix';

export function findApiKeyProblem(key: string): ApiKeyProblem | undefined {
  if (key === '') return 'empty';
  if (!/^[\x21-\x7E]+$/.test(key)) return 'characters';
  if (key.length < 6) return 'short';
  return key.startsWith('sk-') ? undefined : 'prefix';
}
