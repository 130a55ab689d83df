/** Marks a text for translation where `l10n` is out of reach; the host translates it where it is shown. */

/** The text itself: one plain text, so that it is found in the sources. */
export function translatable(text: string): string {
  return text;
}
