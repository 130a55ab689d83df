/** The DOM of a formula before it is typeset: its source, which stays in it for good. */

import type { FormulaNode } from './nodes.ts';

/** Creates the element; `math/typeset.ts` adds the formula once the answer's block is finished. */
export function createFormula({ source, display }: FormulaNode, document: Document): HTMLElement {
  const text = document.createElement('span');
  text.className = 'formula-source';
  text.append(document.createTextNode(source));
  const formula = document.createElement('span');
  formula.className = display ? 'formula formula-display' : 'formula';
  formula.append(text);
  return formula;
}
