/** Decides which addresses of an answer may become an `href`. */

/**
 * The address when it may stand in an `href` of the panel: http, https and mailto alone. An answer is no page, so an
 * address without a scheme (`/x`, `#x`, `//host`) leads nowhere and its words stay text.
 */
export function safeHref(address: string): string | undefined {
  return /^(?:https?|mailto):/i.test(address) ? address : undefined;
}

/**
 * The address when it may stand in an `href` at all. The specification makes links of unknown schemes and of paths
 * too; only what could run code, read files or command VS Code is left out.
 */
export function harmlessHref(address: string): string | undefined {
  // Browsers drop spaces and control characters while they look for the scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(decodeSpaces(address).replaceAll(ignored, ''))?.[1];
  return scheme !== undefined && harmful.test(scheme) ? undefined : address;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not hide a scheme
const ignored = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g;
const harmful =
  /^(?:javascript|vbscript|livescript|mocha|data|file|blob|filesystem|about|command|view-source|jar|chrome.*|vscode.*|code.*|ms-.*|res|mhtml|resource)$/i;

function decodeSpaces(address: string): string {
  return address.replaceAll(/%(?:[01][0-9a-f]|20|7f)/gi, '');
}
