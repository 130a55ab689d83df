/** Redacts secrets and folder paths in a report. */

import { hideSecrets } from '../../providers/secrets/secretFilter.ts';
import { SecretSet } from '../../providers/secrets/secretSet.ts';

export interface PrivateTexts {
  /** Keys, tokens, passwords. */
  secrets: readonly string[];
  /** Absolute paths: the user's home, VS Code's storage, the workspace folders. */
  folders: readonly string[];
}

/** The usual mask is Markdown syntax. */
const mask = '[…]';

/** Replaces secrets with `[…]`, also where they are URL- or Base64-encoded, and folder paths with `~`. Pure. */
export function scrub(text: string, { secrets, folders }: PrivateTexts): string {
  const words = secrets.filter((secret) => secret.length >= 4).flatMap(spellings);
  const places = folders
    .filter((folder) => folder.length >= 3)
    .flatMap((folder) => [folder, folder.replaceAll('\\', '/')]);
  const longestFirst = (one: string, other: string): number => other.length - one.length;
  let clean = hideSecrets(text, new SecretSet(secrets), mask);
  for (const word of [...new Set(words)].sort(longestFirst)) clean = clean.replaceAll(word, mask);
  for (const place of [...new Set(places)].sort(longestFirst)) clean = clean.replaceAll(place, '~');
  return clean;
}

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}
