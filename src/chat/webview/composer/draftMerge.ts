/** What becomes of the text in the field when the host has a word on the draft: nothing typed is lost. */

/**
 * The first draft after a start. `kept`: what the view had, and whether the host was told of it; then the host's word
 * counts (`undefined`: it has none), since another panel may have sent that text long ago.
 */
export function newerDraft(
  host: string | undefined,
  kept: { text: string; told: boolean } | undefined,
): string {
  if (kept === undefined || host === undefined) return kept?.text ?? host ?? '';
  if (host.startsWith(kept.text) && !kept.told) return kept.text;
  if (host !== '' && kept.text.startsWith(host)) return kept.text;
  return kept.told ? host : mergeDrafts(host, kept.text);
}

/** A text that comes back from the host goes above what has been typed since, unless one holds the other already. */
export function mergeDrafts(host: string, typed: string): string {
  if (typed.trim() === '' || host.endsWith(`\n\n${typed}`)) return host;
  return typed.startsWith(host) ? typed : `${host}\n\n${typed}`;
}
