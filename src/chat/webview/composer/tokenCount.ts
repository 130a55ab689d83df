/** Formats numbers of tokens. */

/**
 * At most four characters: `850`, `3.2K`, `128K`, `1.0M`. K is 1024, as in the names that vendors give to context
 * lengths (32K, 128K).
 */
export function formatTokens(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const kilo = tokens / 1024;
  return kilo < 999.5 ? `${twoDigits(kilo)}K` : `${twoDigits(kilo / 1024)}M`;
}

/** With the separators of the page's language: `3,277`. */
export function formatExactTokens(tokens: number): string {
  return new Intl.NumberFormat(languageOf(document.documentElement.lang)).format(tokens);
}

function twoDigits(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}

/** VS Code may name a language that the browser does not know as a tag. */
function languageOf(tag: string): string | undefined {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}
