/** Parses and paints the open end of an answer; finished blocks are never touched again. */

import { blockNode } from './blockNodes.ts';
import { codeText } from './codeBlock.ts';
import { type BlockGroups, createBlockGroups } from './groups.ts';
import { createLateReferences, type FinishedPiece, type LateReferences } from './lateReferences.ts';
import { createNewlineNormalizer } from './newlines.ts';
import { blockTags, type Dialect, type LookUp, type MarkdownNode, type Reading } from './nodes.ts';
import {
  freezeParts,
  headerTokens,
  type OpenBlock,
  openBlockNode,
  openBlockOf,
  openPieces,
  partsOf,
  updateLooseness,
} from './openBlock.ts';
import { type FenceChange, type OpenFence, openFenceOf } from './openFence.ts';
import {
  type Block,
  type Definition,
  firstOpenBlock,
  labelsOf,
  lineOffset,
  type ParsedBlocks,
  parseBlocks,
} from './parser.ts';
import type { Painter } from './patch.ts';

/**
 * From this length on the tail is rendered again only when it grew by a share, so that the cost stays linear. What comes
 * meanwhile is shown as it was written. After a blank line, which may end the block, a smaller share is enough.
 */
const longTail = 8_192;
const growth = { inBlock: 1 / 8, afterBlankLine: 1 / 64 };

export class MarkdownTail {
  readonly #painter: Painter;
  readonly #dialect: Dialect;
  readonly #groups: BlockGroups;
  readonly #onFinished: (element: Element) => void;
  readonly #newlines = createNewlineNormalizer();
  readonly #late: LateReferences;
  /** Definitions in finished blocks. */
  readonly #definitions = new Map<string, Definition>();
  /** Source from the first unfinished line on. */
  #tail = '';
  /** Length of the tail when it was last painted. */
  #paintedLength = 0;
  /** Length of the whole lines of the tail that were looked at already. */
  #settledLength = 0;
  /** What the DOM shows of the tail. */
  #shown: MarkdownNode[] = [];
  /** The list or table that the tail goes on with. */
  #open: OpenBlock | undefined;
  /** Text behind it that was not parsed yet, whether that has a blank line, and whether the text so far ends a line. */
  #unread: Text | undefined;
  #hasBlankLine = false;
  #endsLine = false;
  #fence: ShownFence | undefined;

  /** `onFinished` hears of each element that will not change any more. */
  constructor(
    target: HTMLElement,
    { dialect, tools }: { dialect: Dialect; tools: boolean },
    onFinished: (element: Element) => void,
  ) {
    this.#painter = { document: target.ownerDocument, tools };
    this.#dialect = dialect;
    this.#late = createLateReferences(dialect);
    this.#groups = createBlockGroups(target, this.#painter);
    this.#onFinished = onFinished;
  }

  append(text: string): void {
    const added = this.#newlines.push(text);
    this.#take(added);
    const grown = this.#tail.length - this.#paintedLength;
    const isBlank = added.includes('\n\n') || (this.#endsLine && added.startsWith('\n'));
    this.#hasBlankLine ||= isBlank;
    if (added !== '') this.#endsLine = added.endsWith('\n');
    const share = this.#hasBlankLine ? growth.afterBlankLine : growth.inBlock;
    if (this.#tail.length > longTail && grown < this.#tail.length * share) {
      this.#showUnread(added);
      return;
    }
    this.#hasBlankLine = false;
    this.#settle();
    this.#paint();
  }

  finish(): void {
    this.#take(this.#newlines.flush());
    if (this.#fence) this.#applyToFence(this.#fence.fence.finish(), this.#fence);
    if (this.#tail !== '' && !this.#tail.endsWith('\n')) this.#tail += '\n';
    const parsed = parseBlocks(this.#prefix + this.#tail, { ...this.#dialect, complete: true });
    this.#finishBlocks(parsed, parsed.blocks.length);
    this.#patch(this.#shown, []);
    this.#shown = [];
    this.#tail = '';
    const renewed = this.#late.resolve(this.#definitions, this.#painter);
    for (const element of renewed) this.#onFinished(element);
  }

  /** Shows text at the end of the open block as it was written, until the block is rendered again. */
  #showUnread(text: string): void {
    if (!this.#unread) {
      const block = this.#groups.at(this.#shown.length - 1);
      if (!block) return;
      this.#unread = this.#painter.document.createTextNode('');
      endOf(block).append(this.#unread);
    }
    this.#unread.appendData(text);
  }

  /** Makes the DOM show `after` in place of `before`, the first nodes of the tail. */
  #patch(before: readonly MarkdownNode[], after: readonly MarkdownNode[]): void {
    this.#unread?.remove();
    this.#unread = undefined;
    this.#groups.patch(before, after);
  }

  /** Gives text to the open fence, or to the tail. */
  #take(text: string): void {
    if (!this.#fence) {
      this.#tail += text;
      return;
    }
    this.#applyToFence(this.#fence.fence.push(text), this.#fence);
  }

  #applyToFence({ shown, early, rest }: FenceChange, open: ShownFence): void {
    if (shown !== '') addCode(open, shown);
    if (rest === undefined) return;
    const code = joinCode(open);
    const { data } = code;
    // The block ended before, as its end shows only now: what was shown behind that is text.
    const behind = early === undefined ? '' : data.slice(lineOffset(data, early + 1));
    if (early !== undefined) code.data = data.slice(0, lineOffset(data, early));
    this.#closeFence();
    this.#setTail(behind + rest);
  }

  /** Finishes what further text can't change, judged by whole lines: half a line may still become anything. */
  #settle(): void {
    const length = this.#tail.lastIndexOf('\n') + 1;
    if (length <= this.#settledLength) return;
    this.#settledLength = length;
    const source = this.#prefix + this.#tail;
    const lines = source.slice(0, this.#prefix.length + length);
    const parsed = parseBlocks(lines, this.#dialect);
    const first = firstOpenBlock(parsed.blocks, lines);
    const last = parsed.blocks[first];
    if (first > 0) this.#finishBlocks(parsed, first);
    if (last) {
      if (first > 0) this.#setTail(source.slice(lineOffset(source, last.start)));
      if (first === parsed.blocks.length - 1) this.#settleInside(last, source, parsed);
    } else if (!this.#open) {
      this.#setTail(this.#tail.slice(length));
    }
  }

  /** Finishes lines of an open fence, items of an open list, rows of an open table. `block` is the last of `source`. */
  #settleInside(block: Block, source: string, { definitions }: ParsedBlocks): void {
    const fence = openFenceOf(block, source);
    if (fence) {
      this.#openFence(block, source, fence);
      return;
    }
    const open = this.#open ?? openBlockOf(block, source, this.#reading(noDefinitions));
    if (!open) return;
    const all = partsOf(block.tokens);
    // The last item may go on; a row is finished with its line.
    const parts = open.type === 'list' ? all.slice(0, -1) : all;
    const next = open.type === 'list' ? all.at(-1)?.start : block.end;
    if (parts.length === 0 || next === undefined) return;
    if (!updateLooseness(open, block.tokens, this.#groups.at(0))) return;
    this.#define(parts, definitions);
    const missing = new Set<string>();
    const node = openBlockNode(block.tokens, this.#reading(this.#finishedLookUp(missing)), open);
    if (!node) return;
    this.#patch(this.#shown.slice(0, 1), [node]);
    this.#shown = [node, ...this.#shown.slice(1)];
    const element = this.#groups.at(0);
    const pieces = element ? openPieces(element, parts, open) : [];
    freezeParts(node, open, parts.length);
    this.#open = open;
    this.#setTail(source.slice(lineOffset(source, next)));
    this.#late.add(pieces, missing);
    for (const piece of pieces) this.#onFinished(piece.element);
  }

  /** Renders the first `count` blocks for good. */
  #finishBlocks({ blocks, definitions }: ParsedBlocks, count: number): void {
    const open = this.#open;
    const finished = blocks.slice(0, count);
    const goesOn = finished[0];
    if (open && goesOn) updateLooseness(open, goesOn.tokens, this.#groups.at(0));
    this.#define(finished, definitions);
    const rendered = finished.flatMap((block) => {
      const missing = new Set<string>();
      const node = this.#node(block, block === goesOn, this.#finishedLookUp(missing));
      return node ? [{ block, node, missing }] : [];
    });
    const nodes = rendered.map(({ node }) => node);
    this.#patch(this.#shown.slice(0, nodes.length), nodes);
    this.#shown = this.#shown.slice(nodes.length);
    for (const [index, element] of this.#groups.freeze(nodes.length).entries()) {
      const made = rendered[index];
      if (!made) continue;
      const { block, missing } = made;
      this.#late.add(
        block === goesOn && open ? lastPieces(element, block, open) : [{ element, tokens: block.tokens }],
        missing,
      );
      this.#onFinished(element);
    }
    if (goesOn) this.#open = undefined;
  }

  /** Shows the tail as it stands. */
  #paint(): void {
    if (!this.#fence) {
      const { blocks, definitions } = parseBlocks(this.#prefix + this.#tail, this.#dialect);
      const lookUp: LookUp = (label) => this.#definitions.get(label) ?? definitions.get(label);
      const nodes = blocks.flatMap((block, index) => this.#node(block, index === 0, lookUp) ?? []);
      this.#patch(this.#shown, nodes);
      this.#shown = nodes;
    }
    this.#paintedLength = this.#tail.length;
  }

  #openFence(block: Block, source: string, fence: OpenFence): void {
    const node = blockNode(block.tokens, this.#reading(noDefinitions));
    if (!node) return;
    this.#patch(this.#shown, [node]);
    this.#shown = [];
    const [element] = this.#groups.freeze(1);
    const text = codeText(element);
    if (!element || !text) return;
    this.#fence = { fence, block: element, text, last: text };
    this.#setTail('');
    this.#take(source.slice(source.lastIndexOf('\n') + 1));
  }

  #closeFence(): void {
    if (this.#fence) this.#onFinished(this.#fence.block);
    this.#fence = undefined;
  }

  #setTail(tail: string): void {
    this.#tail = tail;
    this.#settledLength = 0;
    this.#paintedLength = 0;
  }

  #node(block: Block, goesOn: boolean, lookUp: LookUp): MarkdownNode | undefined {
    return goesOn && this.#open
      ? openBlockNode(block.tokens, this.#reading(lookUp), this.#open)
      : blockNode(block.tokens, this.#reading(lookUp));
  }

  #reading(lookUp: LookUp): Reading {
    return { ...this.#dialect, lookUp };
  }

  /** What the tail is parsed behind. */
  get #prefix(): string {
    return this.#open?.type === 'table' ? this.#open.header : '';
  }

  /** Takes over the definitions of what is finished; of two with one label the first counts. */
  #define(finished: readonly Pick<Block, 'tokens'>[], definitions: ReadonlyMap<string, Definition>): void {
    for (const label of finished.flatMap(labelsOf)) {
      const definition = definitions.get(label);
      if (definition && !this.#definitions.has(label)) this.#definitions.set(label, definition);
    }
  }

  /** Looks up in finished blocks alone, and notes what is missing there. */
  #finishedLookUp(missing: Set<string>): LookUp {
    return (label) => {
      const definition = this.#definitions.get(label);
      if (!definition) missing.add(label);
      return definition;
    };
  }
}

interface ShownFence {
  fence: OpenFence;
  block: Element;
  /** The first text node of its code, and the last: there is one when the block is closed. */
  text: Text;
  last: Text;
}

/** UTF-16 units of a text node of open code: the browser copies and shapes a node anew with each addition. */
const codeNodeLength = 4096;

function addCode(open: ShownFence, code: string): void {
  if (open.last.length > codeNodeLength) {
    const next = open.last.ownerDocument.createTextNode('');
    open.last.after(next);
    open.last = next;
  }
  open.last.appendData(code);
}

function joinCode({ text, last }: ShownFence): Text {
  if (text === last) return text;
  const { parentElement } = text;
  text.data = parentElement?.textContent ?? text.data;
  parentElement?.replaceChildren(text);
  return text;
}

const noDefinitions: LookUp = () => undefined;

/** The innermost block at the end of `block`. */
function endOf(block: Element): Element {
  let end = block;
  for (let next = end.lastElementChild; next?.matches(blocksOnly); next = end.lastElementChild) end = next;
  return end;
}

const blocksOnly = `${blockTags.join(', ')}, pre, pre > code, div:not(.code-header)`;

/** What was left to finish of a list or table that ends now. */
function lastPieces(element: Element, block: Block, open: OpenBlock): FinishedPiece[] {
  const pieces = openPieces(element, partsOf(block.tokens), open);
  const header = open.type === 'table' ? element.querySelector('thead') : null;
  return header ? [{ element: header, tokens: headerTokens(block.tokens) }, ...pieces] : pieces;
}
