/** Selects the translations that a page gets with its HTML, so that its first frame is in the user's language. */

/**
 * JSON for a script element. `bundle`: VS Code's translations by English text, `undefined` in English. `shown`: the texts
 * that pages show; without it the page gets all.
 */
export function pageTexts(
  bundle: Readonly<Record<string, string>> | undefined,
  shown: readonly string[] = Object.keys(bundle ?? {}),
): string {
  const texts = shown.flatMap((text) =>
    bundle?.[text] === undefined ? [] : [[text, bundle[text]] as const],
  );
  // `</script>` would end the element.
  return JSON.stringify(Object.fromEntries(texts)).replaceAll('<', '\\u003c');
}
