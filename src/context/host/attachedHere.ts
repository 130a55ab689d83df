/** Remembers the addresses that were attached in this window: those the user chose here, not those a file brought. */

/** More than anybody attaches; of more, the oldest count as kept from elsewhere. */
const most = 5000;

const addresses = new Set<string>();

/** `uri`: as `Attachment.uri`; an empty one is none. */
export function noteAttached(uri: string): void {
  if (uri === '') return;
  addresses.delete(uri);
  addresses.add(uri);
  const [oldest] = addresses;
  if (addresses.size > most && oldest !== undefined) addresses.delete(oldest);
}

export function isAttachedHere(uri: string): boolean {
  return addresses.has(uri);
}
