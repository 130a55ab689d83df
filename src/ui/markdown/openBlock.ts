/** Finishes the items and rows of lists and tables that still grow, one by one. */

import type { Token } from 'markdown-it';
import { blockNode, isLooseList, tableOf } from './blockNodes.ts';
import type { FinishedPiece } from './lateReferences.ts';
import { isText } from './nodeKinds.ts';
import { type Attributes, element, type MarkdownNode, type Reading } from './nodes.ts';
import type { Block } from './parser.ts';

export interface OpenList {
  type: 'list';
  attributes: Attributes;
  loose: boolean;
  /** Items that are finished. */
  frozen: number;
}

export interface OpenTable {
  type: 'table';
  /** Header and delimiter row: the rest is parsed with these before it. */
  header: string;
  /** Rows that are finished. */
  frozen: number;
}

export type OpenBlock = OpenList | OpenTable;

/** An item or a row that can be rendered alone. */
export interface Part {
  tokens: readonly Token[];
  /** First line. */
  start: number;
}

/** Starts to follow `block`, the last of `source`; `undefined` for blocks that are settled as a whole. */
export function openBlockOf(block: Block, source: string, reading: Reading): OpenBlock | undefined {
  const type = block.tokens[0]?.type;
  if (type === 'table_open') {
    const header = source.split('\n', block.start + 2).slice(block.start);
    return { type: 'table', header: `${header.join('\n')}\n`, frozen: 0 };
  }
  if (type !== 'bullet_list_open' && type !== 'ordered_list_open') return undefined;
  const node = blockNode(block.tokens, reading);
  return {
    type: 'list',
    attributes: node?.type === 'element' ? node.attributes : {},
    loose: false,
    frozen: 0,
  };
}

/** Updates whether the list is loose, also in finished items of `list`; false while that is unknown. */
export function updateLooseness(
  open: OpenBlock,
  tokens: readonly Token[],
  list: Element | undefined,
): boolean {
  if (open.type !== 'list') return true;
  const loose = isLooseList(tokens);
  if (loose && !open.loose) {
    open.loose = true;
    if (list) loosenItems(list, open.frozen);
  }
  return loose !== undefined;
}

/** The node of the unfinished rest of a block; its finished part is in the DOM already. */
export function openBlockNode(
  tokens: readonly Token[],
  reading: Reading,
  open: OpenBlock,
): MarkdownNode | undefined {
  const node = blockNode(tokens, reading, open.type === 'list' && open.loose);
  if (node?.type !== 'element') return node;
  if (open.type === 'list') return { ...node, attributes: open.attributes, frozen: open.frozen };
  const table = tableOf(node);
  if (!table) return node;
  const body = table.children[1];
  if (body?.type === 'element') body.frozen = open.frozen;
  else if (open.frozen > 0) table.children.push({ ...element('tbody'), frozen: open.frozen });
  return node;
}

/** Marks the first `count` items or rows of a node of `openBlockNode` as finished. */
export function freezeParts(node: MarkdownNode, open: OpenBlock, count: number): void {
  const parent = open.type === 'table' ? tableOf(node)?.children[1] : node;
  open.frozen += count;
  if (parent?.type !== 'element') return;
  parent.children.splice(0, count);
  parent.frozen = open.frozen;
}

/** The unfinished items or rows of a block in the DOM, each with its tokens. */
export function openPieces(block: Element, parts: readonly Part[], open: OpenBlock): FinishedPiece[] {
  const parent = open.type === 'table' ? block.querySelector('tbody') : block;
  return parts.flatMap(({ tokens }, index) => {
    const child = parent?.children[open.frozen + index];
    return child ? [{ element: child, tokens, loose: () => open.type === 'list' && open.loose }] : [];
  });
}

/** The items of a list, or the rows of a table with its header first, as tokens that render alone. */
export function partsOf(tokens: readonly Token[]): Part[] {
  const isTable = tokens[0]?.type === 'table_open';
  const first = isTable ? tokens.findIndex((token) => token.type === 'tbody_open') : 0;
  if (first < 0) return [];
  const opening = isTable ? [...tokens.slice(0, 1), ...tokens.slice(first, first + 1)] : tokens.slice(0, 1);
  const closing = tokens.slice(isTable ? -2 : -1);
  const level = opening.length;
  const parts: Part[] = [];
  let partStart = first + 1;
  for (let index = first + 1; index < tokens.length - closing.length; index++) {
    const token = tokens[index];
    if (token?.level !== level || token.nesting !== -1) continue;
    const start = tokens[partStart]?.map?.[0] ?? 0;
    parts.push({ tokens: [...opening, ...tokens.slice(partStart, index + 1), ...closing], start });
    partStart = index + 1;
  }
  return parts;
}

/** The header of a table, as tokens that render alone. */
export function headerTokens(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findIndex((token) => token.type === 'thead_close');
  return end < 0 ? [] : [...tokens.slice(0, end + 1), ...tokens.slice(-1)];
}

const inlineTag = /^(?:em|strong|del|sub|sup|kbd|code|a|br|input|span)$/i;

/** Wraps each run of inline content in the first `count` items of `list` into a paragraph. */
function loosenItems(list: Element, count: number): void {
  for (const item of Array.from(list.children).slice(0, count)) {
    let paragraph: Element | undefined;
    for (const child of Array.from(item.childNodes)) {
      if (!isText(child) && !inlineTag.test(child.nodeName)) {
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
