/** Takes out of a report what nobody else should read, whatever way it came in. */

export interface Private {
  /** Keys, tokens, passwords. */
  secrets: readonly string[];
  /** Folders of this computer: the user's own, VS Code's, those that are open. */
  folders: readonly string[];
}

/** Secrets become `[…]`, also as they stand in addresses and Basic headers; folders become `~`. Pure. */
export function scrub(text: string, { secrets, folders }: Private): string {
  const hidden = secrets.filter((secret) => secret.length >= 4).flatMap(spellings);
  const places = folders
    .filter((folder) => folder.length >= 3)
    .flatMap((folder) => [folder, folder.replaceAll('\\', '/')]);
  const longestFirst = (one: string, other: string): number => other.length - one.length;
  let clean = text;
  for (const secret of [...new Set(hidden)].sort(longestFirst)) clean = clean.replaceAll(secret, '[…]');
  for (const place of [...new Set(places)].sort(longestFirst)) clean = clean.replaceAll(place, '~');
  return clean;
}

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}
