/** Brings the DOM from one tree of nodes to the next, touching only what differs. */

import * as l10n from '@vscode/l10n';
import { codeText, createCodeBlock } from './codeBlock.ts';
import { createFormula } from './formula.ts';
import { isElement, isText } from './nodeKinds.ts';
import type { Attributes, ElementNode, MarkdownNode } from './nodes.ts';
import { createPlainCode, plainCodeText } from './plainCode.ts';

export interface Painter {
  document: Document;
  /** Without them the DOM is that of the specifications: no headers on code, no names for boxes. */
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

/** Creates the DOM of a node. This and the files that make code and formulas are the only places where an answer becomes elements. */
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
  if (painter.tools) nameBox(element, node);
  for (const child of node.children) element.append(createNode(child, painter));
  return element;
}

/** The text node that holds the code of a block, as long as it was not highlighted. */
export function codeTextOf(block: Node | null | undefined): Text | undefined {
  return plainCodeText(block) ?? codeText(block);
}

function patchNode(dom: ChildNode, before: MarkdownNode, after: MarkdownNode, painter: Painter): boolean {
  if (before.type === 'text' && after.type === 'text' && isText(dom)) {
    setText(dom, before.text, after.text);
    return true;
  }
  if (before.type === 'code' && after.type === 'code') {
    const text = codeTextOf(dom);
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
  if (after.tag === 'input' && painter.tools) nameBox(dom, after);
  patchChildren(dom, after.frozen, { before: before.children, after: after.children }, painter);
  return true;
}

/** Growing text is appended, so that a selection in it survives. */
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

/** Of a task, or the one in which a table scrolls. */
function nameBox(element: Element, { tag, attributes }: ElementNode): void {
  if (tag === 'input')
    element.setAttribute('aria-label', 'checked' in attributes ? l10n.t('Done') : l10n.t('To do'));
  else if (attributes.role === 'group') element.setAttribute('aria-label', l10n.t('Table'));
}
