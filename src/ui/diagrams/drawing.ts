/** The SVG of a drawing, with nothing in it that opens, loads or runs anything. */

/** Laid out by the page itself, so that it has to end soon. */
const maxElements = 20_000;
const maxLength = 5_000_000;

/** Parsed as XML, not as HTML: what is no drawing does not get in. Throws when it is none; `undefined` when it is too large. */
export function toDrawing(svg: string): Element | undefined {
  if (svg.length > maxLength) return undefined;
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (parsed.localName !== 'svg') throw new Error(parsed.textContent ?? '');
  if (parsed.getElementsByTagName('*').length > maxElements) return undefined;
  for (const foreign of parsed.querySelectorAll('script, foreignObject, image, use[href^="http"]'))
    foreign.remove();
  // A drawing opens nothing.
  for (const link of parsed.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  return document.importNode(parsed, true);
}
