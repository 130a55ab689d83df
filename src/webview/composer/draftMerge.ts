/** What becomes of the text in the field when the host has a word on the draft: nothing typed is lost. */

/**
 * The first draft after a start: what the view kept is newer when the last keys did not get through, or when nobody told
 * the host of a draft yet (`undefined`). Else it may be what another panel has sent long ago.
 */
export function newerDraft(host: string | undefined, kept: string | undefined): string {
  if (kept === undefined || host === undefined) return kept ?? host ?? '';
  return host !== '' && kept.startsWith(host) ? kept : host;
}

/** A text that comes back from the host goes above what has been typed since, unless one holds the other already. */
export function mergeDrafts(host: string, typed: string): string {
  if (typed.trim() === '' || host.endsWith(`\n\n${typed}`)) return host;
  return typed.startsWith(host) ? typed : `${host}\n\n${typed}`;
}
