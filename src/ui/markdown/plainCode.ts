/** The DOM of a code block as the specification writes it: `pre` with `code`, and nothing around them. */

import { isText } from './nodeKinds.ts';

/** Creates the block; its text may grow afterwards through `plainCodeText`. */
export function createPlainCode(language: string, text: string, document: Document): HTMLElement {
  const code = document.createElement('code');
  if (language) code.className = `language-${language}`;
  code.append(document.createTextNode(text));
  const pre = document.createElement('pre');
  pre.append(code);
  return pre;
}

/** The text node that holds the code of such a block, as long as it was not highlighted. */
export function plainCodeText(block: Node | null | undefined): Text | undefined {
  const text = block?.nodeName.toUpperCase() === 'PRE' ? block.firstChild?.firstChild : undefined;
  return isText(text) ? text : undefined;
}
