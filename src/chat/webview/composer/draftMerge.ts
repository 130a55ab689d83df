/** Merges the host's draft with the text in the field, so that no typed text is lost. */

/**
 * The first draft after a start. `kept`: the page's saved draft, and whether the host knew it. If it did, the host's draft
 * wins (`undefined`: none), since another panel may have sent that text already.
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
