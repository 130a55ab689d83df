/** Writes and reads the fences around code blocks in Markdown, including nested blocks as models write them. */

import { isSentence } from './proseAroundCode.ts';

export interface Fence {
  /** Spaces before the fence. */
  indentation: number;
  mark: '`' | '~';
  /** Number of marks: three or more. */
  length: number;
  /** The trimmed text after the marks. A fence can close a block only if this is empty. */
  info: string;
}

export interface FenceReader {
  /** Reads the next line of the block; true if it ends the block. `next`: the line after it, `undefined` at the end. */
  ends(line: string, next: string | undefined): boolean;
  /** Whether `ends` needs the line after this one. */
  needsNext(line: string): boolean;
  /** Nested blocks are too deep or too many: the block ends at the line `early`. */
  readonly broken: boolean;
  /**
   * Where a block ends that no line closed: a line index that counts from the line after the opening fence. `undefined`: the
   * block continues to the end of the text.
   */
  readonly early: number | undefined;
}

/** Maximum nesting. It keeps the search for closing fences linear; real answers do not nest deeper. */
const deepest = 8;
/** Maximum number of fences after a bare fence that may have been the end of the outer block. Keeps the search linear, too. */
const mostInside = 16;

/** A run of backticks longer than any run in the code: three or more. */
export function fenceFor(code: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  return '`'.repeat(longest + 1);
}

/** Parses a line as a fence. The line comes without the indentation of its container; at most three spaces may remain. */
export function fenceAt(line: string): Fence | undefined {
  const [start = '', run = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
  const indentation = start.length - run.length;
  const mark = run.charAt(0);
  const info = line.slice(start.length).trim();
  if ((mark !== '`' && mark !== '~') || (mark === '`' && info.includes('`'))) return undefined;
  return { indentation, mark, length: run.length, info };
}

/**
 * Reads a code block as models write it: nested blocks may have fences as short as the outer one, which CommonMark does not
 * support. A fence with an info string opens a nested block, a bare fence closes it. In Markdown, or with more indentation
 * than the outer fence, a bare fence may also open a block; the neighbouring lines decide. Fences in a shell's here-document
 * and in context lines of a diff do not count.
 *
 * `markdown`: the block holds Markdown, regardless of its info string.
 */
export function createFenceReader(
  opening: Fence,
  { markdown = markdownInfo.test(opening.info) }: { markdown?: boolean } = {},
): FenceReader {
  const plain = !markdown && plainInfo.test(opening.info);
  const shell = shellInfo.test(opening.info);
  const diff = diffInfo.test(opening.info);
  /** The open nested blocks. */
  const inner: { length: number; bare: boolean; at: number }[] = [];
  let nests = true;
  let broken = false;
  let at = -1;
  let before = '';
  let firstBare: number | undefined;
  /** Fences since the first bare fence whose block is still open. */
  let passed = 0;
  /** The open here-document: its end line, and how many blocks were open before it. */
  let here: { end: string | undefined; depth: number } | undefined;

  /** The line's fence, if it is long enough to count. */
  const counted = (line: string): Fence | undefined => {
    const fence = fenceAt(line);
    if (diff && (fence?.indentation ?? 0) > opening.indentation) return undefined;
    return fence?.mark === opening.mark && fence.length >= opening.length ? fence : undefined;
  };

  const mayOpen = ({ indentation }: Fence): boolean => markdown || plain || indentation > opening.indentation;

  /** Whether a bare fence between these lines opens a block instead of closing the outer one. */
  const opens = (fence: Fence, last: string, next: string | undefined): boolean => {
    if (!mayOpen(fence) || next === undefined || next.trim() === '') return false;
    if (fenceAt(next) && !(markdown && fence.length > opening.length)) return false;
    if (last.trim() === '' || /^#{1,6} |[:：]$/.test(last.trim())) return true;
    // A sentence directly after the fence belongs to the answer around the block.
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

  /** Line of the first bare fence whose block is still open. */
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
        // `((1 << 2))` is a shift, not a here-document.
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
      // An unclosed bare fence was the end of the block. Truncated Markdown and here-documents continue.
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
