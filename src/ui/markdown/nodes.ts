/** The node tree of an answer; only the tags and attributes listed here reach the DOM. */

import type { Definition } from './parser.ts';

/** The block elements that tokens become. */
export const blockTags = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
] as const;

type InlineTag = 'em' | 'strong' | 'del' | 'sub' | 'sup' | 'kbd' | 'code' | 'a' | 'br' | 'span' | 'input';

/** Every element of an answer, except for code blocks. */
export type Tag = (typeof blockTags)[number] | 'hr' | 'div' | InlineTag;

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

/** An element without children. */
export function element(tag: Tag, attributes: Attributes = {}, children: MarkdownNode[] = []): ElementNode {
  return { type: 'element', tag, attributes, children, frozen: 0 };
}

/** Adds text after what `parent` has, joined with text that ends it. */
export function addText(parent: ElementNode, text: string): void {
  const last = parent.children.at(-1);
  if (last?.type === 'text') last.text += text;
  else if (text !== '') parent.children.push({ type: 'text', text });
}
