/** Parses Markdown to blocks of markdown-it tokens; inline content is parsed separately. */

import MarkdownIt, { type MarkdownIt as MarkdownParser, type Token } from 'markdown-it';
import useCjkEmphasis from 'markdown-it-cjk-friendly';
import { useNestedFences } from '../../base/common/nestedFences.ts';
import { useAutolinks } from './autolink.ts';
import { useMath } from './math.ts';
import { useStrikethrough } from './strikethrough.ts';
import { useTags } from './tags.ts';

/** What `[label]: address "title"` defines. */
export interface Definition {
  href: string;
  title: string;
}

/** One top-level block; `start` and `end` are lines of the source it was parsed from, `end` excluded. */
export interface Block {
  tokens: readonly Token[];
  start: number;
  end: number;
}

export interface ParsedBlocks {
  blocks: Block[];
  /** Definitions in this source by normalised label; of two with the same label the first. */
  definitions: Map<string, Definition>;
}

const plain = createParser();
const parsers = {
  plain,
  math: createParser(useMath),
  tags: createParser(useTags),
  both: createParser(useMath, useTags),
};

export interface BlockReading {
  /** Formulas are read. */
  math: boolean;
  /** No more text comes. */
  complete?: boolean;
}

/** Finds the top-level blocks; their inline content is not parsed yet. */
export function parseBlocks(source: string, { math, complete = false }: BlockReading): ParsedBlocks {
  // Tags are inline.
  const markdown = math ? parsers.math : plain;
  const definitions = new Map<string, Definition>();
  const tokens: Token[] = [];
  const found = references(
    (label) => definitions.get(label),
    (label, definition) => definitions.set(label, definition),
  );
  markdown.block.parse(source, markdown, { references: found, complete }, tokens);
  const blocks: Block[] = [];
  let first = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const opening = tokens[first];
    if (token?.level !== 0 || token.nesting === 1 || !opening?.map) continue;
    blocks.push({ tokens: tokens.slice(first, index + 1), start: opening.map[0], end: opening.map[1] });
    first = index + 1;
  }
  return { blocks, definitions };
}

export interface InlineReading {
  /** Formulas are read. */
  math: boolean;
  /** Tags are read. */
  tags?: boolean;
  lookUp(label: string): Definition | undefined;
}

/** Parses the text of one paragraph, heading or cell; `lookUp` answers for reference links. */
export function parseInline(text: string, { math, tags, lookUp }: InlineReading): Token[] {
  const markdown = parsers[math && tags ? 'both' : math ? 'math' : tags ? 'tags' : 'plain'];
  const tokens: Token[] = [];
  markdown.inline.parse(text, markdown, { references: references(lookUp) }, tokens);
  return tokens;
}

/** Decodes backslash escapes and character references. */
export function unescapeText(text: string): string {
  return plain.utils.unescapeAll(text);
}

/** A host as people write it: the letters instead of `xn--…`. */
export function decodeHost(host: string): string {
  return plain.normalizeLinkText(`https://${host}/`).slice('https://'.length, -1);
}

/** Labels of the definitions in a block, nested ones too. */
export function labelsOf({ tokens }: Pick<Block, 'tokens'>): string[] {
  return tokens.flatMap((token) =>
    token.type === 'reference_definition' ? [String(token.meta?.label)] : [],
  );
}

/** Index of the first block that more lines could change: the last one, or a definition that may get its title there. */
export function firstOpenBlock(blocks: readonly Block[], source: string): number {
  const last = blocks.at(-1);
  const before = blocks.at(-2);
  if (!last || before?.tokens[0]?.type !== 'reference_definition' || before.end !== last.start) {
    return Math.max(blocks.length - 1, 0);
  }
  const mayBeTitle = /^[ \t]*["'(]/.test(source.slice(lineOffset(source, last.start)));
  return blocks.length - (mayBeTitle ? 2 : 1);
}

/** Where line `line` of `source` starts. */
export function lineOffset(source: string, line: number): number {
  let offset = 0;
  for (let index = 0; index < line; index++) offset = source.indexOf('\n', offset) + 1;
  return offset;
}

/** The object in which markdown-it looks definitions up, and to which it adds them. */
function references(
  lookUp: (label: string) => Definition | undefined,
  define?: (label: string, definition: Definition) => void,
): Record<string, Definition> {
  return new Proxy<Record<string, Definition>>(
    {},
    {
      get: (_, label) => (typeof label === 'string' ? lookUp(label) : undefined),
      set(_, label, definition: Definition) {
        if (typeof label === 'string') define?.(label, definition);
        return true;
      },
    },
  );
}

function createParser(...more: ((markdown: MarkdownParser) => void)[]) {
  // Raw HTML stays text (`html: false`): it is shown, not interpreted.
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
  // Addresses pass their gate where nodes are made, and a refused one still leaves its words.
  markdown.validateLink = () => true;
  useNestedFences(markdown);
  useAutolinks(markdown);
  useStrikethrough(markdown);
  // Lets `**重点：**后面` be bold: CommonMark's rules expect spaces between words, Chinese has none.
  useCjkEmphasis(markdown);
  for (const use of more) use(markdown);
  return markdown;
}
