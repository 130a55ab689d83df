/** Turns finished items of a list loose: a blank line late in a list gives every item paragraphs. */

import { isText } from './nodeKinds.ts';

const inlineTags: ReadonlySet<string> = new Set([
  'EM',
  'STRONG',
  'DEL',
  'SUB',
  'SUP',
  'KBD',
  'CODE',
  'A',
  'BR',
  'INPUT',
  'SPAN',
]);

/** Wraps each run of inline content in the first `count` items of `list` into a paragraph. */
export function loosenItems(list: Element, count: number): void {
  for (const item of Array.from(list.children).slice(0, count)) {
    let paragraph: Element | undefined;
    for (const child of Array.from(item.childNodes)) {
      if (!isInline(child)) {
        paragraph = undefined;
        continue;
      }
      if (!paragraph) {
        paragraph = item.ownerDocument.createElement('p');
        child.before(paragraph);
      }
      paragraph.append(child);
    }
  }
}

function isInline(node: ChildNode): boolean {
  return isText(node) || inlineTags.has(node.nodeName.toUpperCase());
}
