/** Converts block tokens to nodes. */

import type { Token } from 'markdown-it';
import { inlineNodes, textOf } from './inlineNodes.ts';
import {
  type Attributes,
  blockTags,
  type ElementNode,
  element,
  type MarkdownNode,
  type Reading,
} from './nodes.ts';
import { unescapeText } from './parser.ts';

/** Builds the node of one block: none for a definition. `loose` makes the paragraphs of a top-level list visible. */
export function blockNode(
  tokens: readonly Token[],
  reading: Reading,
  loose = false,
): MarkdownNode | undefined {
  const root = element('div');
  const stack = [root];
  for (const [index, token] of tokens.entries()) {
    const parent = stack.at(-1) ?? root;
    if (token.nesting === 1) {
      if (token.hidden && !(loose && token.level === 2)) continue;
      const node = openNode(token);
      // Tables may scroll inside a box of their own, by keyboard too.
      const boxed = reading.boxes && node.tag === 'table';
      const box = { class: 'table-scroll', role: 'group', tabindex: '0' };
      parent.children.push(boxed ? element('div', box, [node]) : node);
      stack.push(node);
    } else if (token.nesting === -1) {
      if (!(token.hidden && !(loose && token.level === 2))) stack.pop();
    } else if (token.type === 'inline') {
      const nodes = inlineNodes(token.content, reading, tokens[index - 2]?.type === 'list_item_open');
      parent.children.push(...nodes);
      const isCell = parent.tag === 'td' || parent.tag === 'th';
      // Its column is given some width, for words that would else stack up in a narrow panel.
      if (reading.boxes && isCell && nodes.map(textOf).join('').length > 16) parent.attributes.class = 'long';
    } else if (token.type === 'fence' || token.type === 'code_block') {
      const info = unescapeText(token.info).trim();
      parent.children.push({ type: 'code', language: languageOf(info), info, text: token.content });
    } else if (token.type === 'hr') {
      parent.children.push(element('hr'));
    }
  }
  return root.children[0];
}

/** Whether the list at the top of these tokens is loose; `undefined` while no paragraph shows it. */
export function isLooseList(tokens: readonly Token[]): boolean | undefined {
  const paragraph = tokens.find((token) => token.level === 2 && token.type === 'paragraph_open');
  return paragraph && !paragraph.hidden;
}

/** The table of a block that is one, in its box or not. */
export function tableOf(node: MarkdownNode | undefined): ElementNode | undefined {
  if (node?.type !== 'element') return undefined;
  return node.tag === 'div' ? tableOf(node.children[0]) : node.tag === 'table' ? node : undefined;
}

function openNode(token: Token): ElementNode {
  const attributes: Attributes = {};
  const start = token.tag === 'ol' ? token.attrGet('start') : null;
  if (start !== null) attributes.start = String(start);
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style')))?.[1];
  if (align) attributes.align = align;
  return element(blockTags.find((tag) => tag === token.tag) ?? 'p', attributes);
}

/** The first word of a fence's info string. */
function languageOf(info: string): string {
  return info.split(/\s/, 1)[0] ?? '';
}
