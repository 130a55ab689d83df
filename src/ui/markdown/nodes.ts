/** Tokens → a small tree in a closed vocabulary: what is not listed here can't reach the DOM. */

import type { Token } from 'markdown-it';
import { inlineNodes, textOf } from './inlineNodes.ts';
import { type Definition, unescapeText } from './parser.ts';

/** Every element an answer can consist of, code blocks apart. */
export type Tag =
  | 'p'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'ul'
  | 'ol'
  | 'li'
  | 'blockquote'
  | 'hr'
  | 'div'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td'
  | 'em'
  | 'strong'
  | 'del'
  | 'sub'
  | 'sup'
  | 'kbd'
  | 'code'
  | 'a'
  | 'br'
  | 'span'
  | 'input';

/** Every attribute, set as text through `setAttribute`. */
export type Attributes = Partial<
  Record<
    | 'href'
    | 'title'
    | 'start'
    | 'align'
    | 'class'
    | 'type'
    | 'checked'
    | 'disabled'
    | 'tabindex'
    | 'role'
    | 'data-file',
    string
  >
>;

export interface ElementNode {
  type: 'element';
  tag: Tag;
  attributes: Attributes;
  children: MarkdownNode[];
  /** How many children already stand in the DOM for good, before `children`. */
  frozen: number;
}

export interface TextNode {
  type: 'text';
  text: string;
}

export interface CodeNode {
  type: 'code';
  language: string;
  /** All that stands behind the opening fence, the language included. */
  info: string;
  text: string;
}

/** A formula as it was written, delimiters included. */
export interface FormulaNode {
  type: 'formula';
  source: string;
  /** On lines of its own. */
  display: boolean;
}

export type MarkdownNode = ElementNode | TextNode | CodeNode | FormulaNode;

export type LookUp = (label: string) => Definition | undefined;

/** How answers are read; one for all blocks of a stream. */
export interface Dialect {
  /** Formulas between dollars or `\\(…\\)` and `\\[…\\]`. */
  math: boolean;
  /** The tags that models write: see `useTags`. */
  tags: boolean;
  /** Tables stand in boxes that scroll. */
  boxes: boolean;
  /** Links say where they lead: in their title, and in words when their own words say another place. */
  addresses: boolean;
  /** The address when it may become a link. */
  href(address: string): string | undefined;
}

/** A dialect, and the definitions that reference links find. */
export interface Reading extends Dialect {
  lookUp: LookUp;
}

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

/** An element without children. */
export function element(tag: Tag, attributes: Attributes = {}, children: MarkdownNode[] = []): ElementNode {
  return { type: 'element', tag, attributes, children, frozen: 0 };
}

const blockTags: Readonly<Record<string, Tag>> = {
  p: 'p',
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  blockquote: 'blockquote',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
};

function openNode(token: Token): ElementNode {
  const attributes: Attributes = {};
  const start = token.tag === 'ol' ? token.attrGet('start') : null;
  if (start !== null) attributes.start = String(start);
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style')))?.[1];
  if (align) attributes.align = align;
  return element(blockTags[token.tag] ?? 'p', attributes);
}

/** The first word of a fence's info string. */
function languageOf(info: string): string {
  return info.split(/\s/, 1)[0] ?? '';
}

/** Adds text after what `parent` has, joined with text that ends it. */
export function addText(parent: ElementNode, text: string): void {
  const last = parent.children.at(-1);
  if (last?.type === 'text') last.text += text;
  else if (text !== '') parent.children.push({ type: 'text', text });
}
