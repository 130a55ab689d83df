/** Which addresses of an answer may become links: the gate every href passes before it reaches the DOM. */

/**
 * The address when it may stand in an `href`: http, https and mailto alone. An answer is no page, so an address
 * without a scheme (`/x`, `#x`, `//host`) leads nowhere and its words stay text.
 */
export function safeHref(address: string): string | undefined {
  return /^(?:https?|mailto):/i.test(address) ? address : undefined;
}
