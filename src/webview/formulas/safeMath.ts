/** MathML from a closed list of names and attributes: what is not listed here can't reach the page. */

const namespace = 'http://www.w3.org/1998/Math/MathML';

const names: ReadonlySet<string> = new Set(
  'math mrow mi mn mo ms mtext mspace msup msub msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd mpadded mphantom menclose mstyle'.split(
    ' ',
  ),
);
const attributes: ReadonlySet<string> = new Set(
  'display mathvariant stretchy fence separator form lspace rspace minsize maxsize symmetric largeop movablelimits accent accentunder linethickness displaystyle scriptlevel width height depth voffset columnalign rowspacing columnspacing columnlines rowlines notation mathcolor mathbackground mathsize'.split(
    ' ',
  ),
);

/** Builds `math` anew. Elements that are not listed leave their content, annotations nothing. */
export function safeMath(math: Element): Element | undefined {
  const made = copy(math)[0];
  return made instanceof Element ? made : undefined;
}

function copy(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')];
  if (!(node instanceof Element) || node.localName.startsWith('annotation')) return [];
  const children = Array.from(node.childNodes).flatMap(copy);
  if (!names.has(node.localName)) return children;
  const made = document.createElementNS(namespace, node.localName);
  for (const { name, value } of node.attributes) if (attributes.has(name)) made.setAttribute(name, value);
  made.append(...children);
  return [made];
}
