/** Which addresses of an answer may become links: the gate every href passes before it reaches the DOM. */

const safeSchemes: ReadonlySet<string> = new Set(['http', 'https', 'mailto']);

/**
 * The address when it may stand in an `href`: http, https and mailto, or no scheme at all.
 * A browser ignores control characters and blanks around a scheme, so they are ignored here too; and whatever
 * stands before a first colon counts as a scheme, even what no browser would take for one.
 */
export function safeHref(address: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the characters browsers drop from a URL
  const bare = address.replace(/[\u0000-\u0020\u007f-\u009f\u200b-\u200f\ufeff]/g, '');
  const scheme = /^([^/?#:]*):/.exec(bare)?.[1];
  return scheme === undefined || safeSchemes.has(scheme.toLowerCase()) ? address : undefined;
}
