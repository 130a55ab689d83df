/** Copies MathML by a list of allowed names and attributes; nothing else reaches the page. */

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

/** Browsers take more than linear time to lay out deep MathML, and seconds for a very large one. */
const maxDepth = 60;
const maxElements = 2000;

/** Builds `math` anew. Elements that are not listed leave their content, annotations nothing. */
export function safeMath(math: Element): Element | 'too-large' | undefined {
  if (math.getElementsByTagName('*').length > maxElements || isDeeperThan(maxDepth, math)) return 'too-large';
  const made = copy(math)[0];
  return made instanceof Element ? made : undefined;
}

function isDeeperThan(depth: number, element: Element): boolean {
  return depth === 0 || Array.from(element.children).some((child) => isDeeperThan(depth - 1, child));
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
