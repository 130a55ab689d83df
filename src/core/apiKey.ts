/** What people paste as an API key, and whether it can be one. */

/** Takes away what comes along with a copied key: blanks, quotes, `Bearer`, `export NAME=`. */
export function normalizeApiKey(pasted: string): string {
  return pasted
    .trim()
    .replace(/^(export\s+|set\s+|\$env:)?[A-Z_]+\s*=\s*/, '')
    .replace(/^Bearer\s+/i, '')
    .replace(/^(["'`])(.*)\1;?$/, '$2')
    .trim();
}

/** `empty`, `characters` and `short` can't work; `prefix` is unusual for DashScope, whose keys start with `sk-`. */
export type ApiKeyProblem = 'empty' | 'characters' | 'short' | 'prefix';

export function findApiKeyProblem(key: string): ApiKeyProblem | undefined {
  if (key === '') return 'empty';
  if (!/^[\x21-\x7E]+$/.test(key)) return 'characters';
  if (key.length < 6) return 'short';
  return key.startsWith('sk-') ? undefined : 'prefix';
}
