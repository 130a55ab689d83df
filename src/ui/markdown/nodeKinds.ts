/** Tells DOM nodes apart by their type number, which works in any DOM, a test's included. */

export function isText(node: Node | null | undefined): node is Text {
  return node?.nodeType === 3;
}

export function isElement(node: Node | null | undefined): node is Element {
  return node?.nodeType === 1;
}
