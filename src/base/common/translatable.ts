/** Marks a text for translation in code that cannot import `l10n`; the host translates it when it is shown. */

/** Returns the text. It must be a string literal, so that the localization test finds it. */
export function translatable(text: string): string {
  return text;
}
