/** Tokens → a small tree in a closed vocabulary: what is not listed here can't reach the DOM. */

import type { Token } from 'markdown-it';
import { splitEmails } from './autolink.ts';
import { safeHref } from './links.ts';
import { type Definition, parseInline, unescapeText } from './parser.ts';

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
  | 'code'
  | 'a'
  | 'br'
  | 'input';

/** Every attribute, set as text through `setAttribute`. */
export type Attributes = Partial<
  Record<'href' | 'title' | 'start' | 'align' | 'class' | 'type' | 'checked' | 'disabled', string>
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

export type MarkdownNode = ElementNode | TextNode | CodeNode;

export type LookUp = (label: string) => Definition | undefined;

/** Builds the node of one block: none for a definition. `loose` makes the paragraphs of a top-level list visible. */
export function blockNode(tokens: readonly Token[], lookUp: LookUp, loose = false): MarkdownNode | undefined {
  const root = element('div');
  const stack = [root];
  for (const [index, token] of tokens.entries()) {
    const parent = stack.at(-1) ?? root;
    if (token.nesting === 1) {
      if (token.hidden && !(loose && token.level === 2)) continue;
      const node = openNode(token);
      parent.children.push(node);
      stack.push(node.tag === 'div' ? tableIn(node) : node);
    } else if (token.nesting === -1) {
      if (!(token.hidden && !(loose && token.level === 2))) stack.pop();
    } else if (token.type === 'inline') {
      parent.children.push(
        ...inlineNodes(token.content, lookUp, tokens[index - 2]?.type === 'list_item_open'),
      );
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
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
};

function openNode(token: Token): ElementNode {
  // Tables scroll inside a box of their own.
  if (token.tag === 'table') return element('div', { class: 'table-scroll' }, [element('table')]);
  const attributes: Attributes = {};
  const start = token.tag === 'ol' ? token.attrGet('start') : null;
  if (start !== null) attributes.start = String(start);
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style')))?.[1];
  if (align) attributes.align = align;
  return element(blockTags[token.tag] ?? 'p', attributes);
}

function tableIn(box: ElementNode): ElementNode {
  const table = box.children[0];
  return table?.type === 'element' ? table : box;
}

/** The first word of a fence's info string. */
function languageOf(info: string): string {
  return info.split(/\s/, 1)[0] ?? '';
}

function inlineNodes(content: string, lookUp: LookUp, startsItem: boolean): MarkdownNode[] {
  const task = startsItem ? /^\[([ xX])\](?=\s)/.exec(content) : null;
  if (!task) return inlineTree(parseInline(content, lookUp));
  const checked: Attributes = task[1] === ' ' ? {} : { checked: '' };
  const box = element('input', { type: 'checkbox', disabled: '', ...checked });
  return [box, ...inlineTree(parseInline(content.slice(3), lookUp))];
}

function inlineTree(tokens: readonly Token[]): MarkdownNode[] {
  const root = element('p');
  const stack = [root];
  let linkDepth = 0;
  for (const token of tokens) {
    const parent = stack.at(-1) ?? root;
    switch (token.type) {
      case 'text':
      case 'text_special':
        if (linkDepth > 0) addText(parent, token.content);
        else addTextAndEmails(parent, token.content);
        break;
      case 'softbreak':
        addText(parent, '\n');
        break;
      case 'hardbreak':
        parent.children.push(element('br'));
        addText(parent, '\n');
        break;
      case 'code_inline':
        parent.children.push(element('code', {}, [{ type: 'text', text: token.content }]));
        break;
      case 'image': {
        const link = linkNode(token.attrGet('src'), token.attrGet('title'));
        const alt = plainText(token.children ?? []) || String(token.attrGet('src') ?? '');
        // Inside a link the text alone: links do not nest.
        if (linkDepth > 0 || !link) addText(parent, alt);
        else parent.children.push({ ...link, children: [{ type: 'text', text: alt }] });
        break;
      }
      case 'link_open': {
        linkDepth++;
        // An address that may not be followed leaves its text.
        const link = linkNode(token.attrGet('href'), token.attrGet('title'));
        if (link) parent.children.push(link);
        stack.push(link ?? parent);
        break;
      }
      case 'em_open':
      case 'strong_open':
      case 's_open': {
        const node = element(
          token.type === 'em_open' ? 'em' : token.type === 'strong_open' ? 'strong' : 'del',
        );
        parent.children.push(node);
        stack.push(node);
        break;
      }
      default:
        if (token.nesting !== -1) break;
        if (token.type === 'link_close') linkDepth--;
        stack.pop();
    }
  }
  return root.children;
}

function linkNode(address: string | number | null, title: string | number | null): ElementNode | undefined {
  const href = safeHref(String(address ?? ''));
  if (href === undefined) return undefined;
  return element('a', title === null ? { href } : { href, title: String(title) });
}

function addTextAndEmails(parent: ElementNode, text: string): void {
  for (const [index, part] of splitEmails(text).entries()) {
    if (index % 2 === 0) addText(parent, part);
    else
      parent.children.push(
        element('a', { href: /^mailto:/.test(part) ? part : `mailto:${part}` }, [
          { type: 'text', text: part },
        ]),
      );
  }
}

function addText(parent: ElementNode, text: string): void {
  const last = parent.children.at(-1);
  if (last?.type === 'text') last.text += text;
  else if (text !== '') parent.children.push({ type: 'text', text });
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      token.type === 'softbreak' || token.type === 'hardbreak'
        ? '\n'
        : token.content || plainText(token.children ?? []),
    )
    .join('');
}
