/** Checks the kind of DOM nodes by type number, which works in any DOM, also in tests. */

export function isText(node: Node | null | undefined): node is Text {
  return node?.nodeType === 3;
}

/** The text nodes in `element`, without those inside of elements that match `skipped`. */
export function textNodesIn(element: Element, skipped: string): Text[] {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (isText(node) && !node.parentElement?.closest(skipped)) texts.push(node);
  return texts;
}

export function isElement(node: Node | null | undefined): node is Element {
  return node?.nodeType === 1;
}
