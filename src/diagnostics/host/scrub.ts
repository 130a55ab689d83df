/** Takes out of a report what nobody else should read, whatever way it came in. */

import { hideSecrets } from '../../providers/secrets/secretFilter.ts';
import { SecretSet } from '../../providers/secrets/secretSet.ts';

export interface Private {
  /** Keys, tokens, passwords. */
  secrets: readonly string[];
  /** Folders of this computer: the user's own, VS Code's, those that are open. */
  folders: readonly string[];
}

/** Not the usual mask, which has a meaning in Markdown. */
const mask = '[…]';

/** Secrets become `[…]`, however they are spelt, and words among them, such as a proxy's user, too; folders `~`. Pure. */
export function scrub(text: string, { secrets, folders }: Private): string {
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
