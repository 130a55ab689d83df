/** Fences around code in Markdown: how they are written, and how those that models write are read. */

import { isSentence } from './talk.ts';

export interface Fence {
  /** Spaces before it. */
  indentation: number;
  mark: '`' | '~';
  /** Of the run of marks: three or more. */
  length: number;
  /** All that stands behind the run; empty for one that can close a block. */
  info: string;
}

export interface FenceReader {
  /**
   * Takes the next line of the block and tells whether it ends it. `next`: the line behind it, `undefined` at the end of
   * the text.
   */
  ends(line: string, next: string | undefined): boolean;
  /** Whether `ends` would need to know the line behind this one. */
  needsNext(line: string): boolean;
  /** The blocks inside are too deep: the block ends at the line `early`. */
  readonly broken: boolean;
  /**
   * Index of the line, counted from the opening fence's next, at which a block ends that no line ended; `undefined` where it
   * goes on to the end of the text.
   */
  readonly early: number | undefined;
}

/** Blocks inside one another: more are no answer, and looking for their ends would take the square of its length. */
const deepest = 8;
/** Fences inside a block whose own bare fence may as well have been the end outside. For the same reason. */
const mostInside = 16;

/** As many backticks as none of the runs inside has, and at least three. */
export function fenceFor(code: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  return '`'.repeat(longest + 1);
}

/** The fence that a line is, without the indentation of what holds it; at most three spaces deep. */
export function fenceAt(line: string): Fence | undefined {
  const [start = '', run = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
  const indentation = start.length - run.length;
  const mark = run.charAt(0);
  const info = line.slice(start.length).trim();
  if ((mark !== '`' && mark !== '~') || (mark === '`' && info.includes('`'))) return undefined;
  return { indentation, mark, length: run.length, info };
}

/**
 * Reads a block of code as models write it: with other blocks inside whose fences are no shorter than its own, which
 * CommonMark does not know. A fence with words behind it opens such a block, a bare one closes it. In Markdown, or deeper
 * than the fence outside, a bare one may also open one, which its neighbours tell. What stands in a shell's here-document
 * ends nothing, and neither do the lines of a diff that begin with a blank.
 *
 * `markdown`: the block holds a Markdown text, whatever its info string says.
 */
export function createFenceReader(
  opening: Fence,
  { markdown = markdownInfo.test(opening.info) }: { markdown?: boolean } = {},
): FenceReader {
  const plain = !markdown && plainInfo.test(opening.info);
  const shell = shellInfo.test(opening.info);
  const diff = diffInfo.test(opening.info);
  /** The blocks that are open inside. */
  const inner: { length: number; bare: boolean; at: number }[] = [];
  let nests = true;
  let broken = false;
  let at = -1;
  let before = '';
  let firstBare: number | undefined;
  /** Fences since the first bare one that opened a block which is still open. */
  let passed = 0;
  /** A here-document: the line that ends it, and how many blocks were open before it. */
  let here: { end: string | undefined; depth: number } | undefined;

  /** The fence that a line is, if it is long enough to count. */
  const counted = (line: string): Fence | undefined => {
    const fence = fenceAt(line);
    if (diff && (fence?.indentation ?? 0) > opening.indentation) return undefined;
    return fence?.mark === opening.mark && fence.length >= opening.length ? fence : undefined;
  };

  const mayOpen = ({ indentation }: Fence): boolean => markdown || plain || indentation > opening.indentation;

  /** Whether a bare fence between these lines opens a block, not ends the outer one. */
  const opens = (fence: Fence, last: string, next: string | undefined): boolean => {
    if (!mayOpen(fence) || next === undefined || next.trim() === '') return false;
    if (fenceAt(next) && !(markdown && fence.length > opening.length)) return false;
    if (last.trim() === '' || /^#{1,6} |[:：]$/.test(last.trim())) return true;
    // Text that stands right behind the end is talk.
    return markdown && !isSentence(next);
  };

  const open = (length: number, bare: boolean): void => {
    inner.push({ length, bare, at });
    if (inner.length > deepest) giveUp();
  };

  const giveUp = (): void => {
    broken = firstBare !== undefined;
    nests = false;
  };

  /** The first bare fence that opened a block which is still open. */
  const mistaken = (): number | undefined => inner.find(({ bare }) => bare)?.at;

  return {
    ends(line, next) {
      at++;
      const last = before;
      before = line;
      const fence = counted(line);
      if (fence?.info === '') firstBare ??= at;
      if (!nests) return fence?.info === '';
      if (here && line.trim() === here.end) {
        inner.length = here.depth;
        here = undefined;
        return false;
      }
      if (fence) passed = mistaken() === undefined ? 0 : passed + 1;
      if (passed > mostInside) giveUp();
      else if (!fence) {
        // In double parentheses it is a shift.
        if (shell && !here && !/^\s*#|\(\(/.test(line)) here = hereDocumentIn(line, inner.length);
      } else if (fence.info !== '') open(fence.length, false);
      else {
        const top = inner.length > (here?.depth ?? 0) ? inner.at(-1) : undefined;
        if (top) {
          if (fence.length >= top.length) inner.pop();
        } else if (here || opens(fence, last, next)) open(fence.length, true);
        else return true;
      }
      return false;
    },
    needsNext(line) {
      const fence = nests && inner.length === 0 && !here ? counted(line) : undefined;
      return fence?.info === '' && mayOpen(fence);
    },
    get broken() {
      return broken;
    },
    get early() {
      // A bare fence that nothing closed was the end. A Markdown text, or a here-document, that broke off goes on.
      const brokeOff = !broken && (markdown || here !== undefined);
      return mistaken() ?? (brokeOff ? undefined : firstBare);
    },
  };
}

const markdownInfo = /^(?:markdown|md|mdx)\b/i;
const plainInfo = /^(?:text|txt|plaintext|plain)\b/i;
const shellInfo = /^(?:sh|bash|zsh|fish|shell|console|terminal|shell-?session|dockerfile)\b/i;
const diffInfo = /^(?:diff|patch)\b/i;
const hereDocument = /(?:^|[^<])<<[-~]?[ \t]{0,4}["'\\]?([A-Za-z_]\w{0,40})["']?/;

function hereDocumentIn(line: string, depth: number): { end: string | undefined; depth: number } | undefined {
  const found = hereDocument.exec(line);
  return found ? { end: found[1], depth } : undefined;
}
