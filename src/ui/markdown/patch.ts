/** Creates the DOM of a node tree, and updates it to the next tree by changing only what differs. */

import * as l10n from '@vscode/l10n';
import { codeText, createCodeBlock, createPlainCode } from './codeBlock.ts';
import { isElement, isText } from './nodeKinds.ts';
import type { Attributes, ElementNode, FormulaNode, MarkdownNode } from './nodes.ts';

export interface Painter {
  document: Document;
  /** `false`: the DOM is that of the specifications, without headers on code and labels on boxes. */
  tools: boolean;
}

/**
 * Makes the children of `parent` from `offset` on, which show `before`, show `after`.
 * Children before `offset` stay untouched.
 */
export function patchChildren(
  parent: Element,
  offset: number,
  change: { before: readonly MarkdownNode[]; after: readonly MarkdownNode[] },
  painter: Painter,
): void {
  const { before, after } = change;
  let child: ChildNode | null = parent.childNodes[offset] ?? null;
  for (const [index, node] of after.entries()) {
    const old = before[index];
    const next: ChildNode | null = child?.nextSibling ?? null;
    if (!child || !old) parent.append(createNode(node, painter));
    else if (!patchNode(child, old, node, painter)) child.replaceWith(createNode(node, painter));
    child = next;
  }
  for (let index = after.length; index < before.length && child; index++) {
    const next: ChildNode | null = child.nextSibling;
    child.remove();
    child = next;
  }
}

/** Creates the DOM of a node. Only this file and `codeBlock.ts` create elements of an answer. */
export function createNode(node: MarkdownNode, painter: Painter): ChildNode {
  if (node.type === 'text') return painter.document.createTextNode(node.text);
  if (node.type === 'formula') return createFormula(node, painter.document);
  if (node.type === 'code') {
    return painter.tools
      ? createCodeBlock(node, painter.document)
      : createPlainCode(node.language, node.text, painter.document);
  }
  const element = painter.document.createElement(node.tag);
  setAttributes(element, {}, node.attributes);
  if (painter.tools) labelBox(element, node);
  for (const child of node.children) element.append(createNode(child, painter));
  return element;
}

/** A formula before it is typeset: its source stays in it afterwards, see `typesetFormula`. */
function createFormula({ source, display }: FormulaNode, document: Document): HTMLElement {
  const text = document.createElement('span');
  text.className = 'formula-source';
  text.append(document.createTextNode(source));
  const formula = document.createElement('span');
  formula.className = display ? 'formula formula-display' : 'formula';
  formula.append(text);
  return formula;
}

function patchNode(dom: ChildNode, before: MarkdownNode, after: MarkdownNode, painter: Painter): boolean {
  if (before.type === 'text' && after.type === 'text' && isText(dom)) {
    setText(dom, before.text, after.text);
    return true;
  }
  if (before.type === 'code' && after.type === 'code') {
    const text = codeText(dom);
    if (before.info !== after.info || !text) return false;
    setText(text, before.text, after.text);
    return true;
  }
  if (before.type === 'formula' && after.type === 'formula')
    return before.source === after.source && before.display === after.display;
  if (before.type !== 'element' || after.type !== 'element' || before.tag !== after.tag) return false;
  if (!isElement(dom)) return false;
  if (before.frozen !== after.frozen) return false;
  setAttributes(dom, before.attributes, after.attributes);
  if (after.tag === 'input' && painter.tools) labelBox(dom, after);
  patchChildren(dom, after.frozen, { before: before.children, after: after.children }, painter);
  return true;
}

/** Appends growing text, so that a selection in it stays. */
function setText(dom: Text, before: string, after: string): void {
  if (before === after) return;
  if (after.startsWith(before)) dom.appendData(after.slice(before.length));
  else dom.data = after;
}

function setAttributes(element: Element, before: Attributes, after: Attributes): void {
  for (const [name, value] of Object.entries(after)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  for (const name of Object.keys(before)) if (!(name in after)) element.removeAttribute(name);
}

/** Labels the checkbox of a task, or the scrolling box of a table. */
function labelBox(element: Element, { tag, attributes }: ElementNode): void {
  if (tag === 'input')
    element.setAttribute('aria-label', 'checked' in attributes ? l10n.t('Done') : l10n.t('To do'));
  else if (attributes.role === 'group') element.setAttribute('aria-label', l10n.t('Table'));
}
