/** Parses formulas in Markdown: `$…$` by Pandoc's rules, `$$…$$`, `\(…\)` and `\[…\]`. */

import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Teaches the parser formulas: tokens of the type `formula` with their whole source; `block` for those on lines of their own. */
export function useMath(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'math_block', readBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  markdown.inline.ruler.before('escape', 'math', readInline);
}

/** What opens a formula that is a block, and what closes it. */
const closings: Readonly<Record<string, string>> = { $$: '$$', '\\[': '\\]' };

/**
 * A block starts with a line that is the opening mark alone, and ends with its closing mark or before a blank line.
 * It is decided line by line, so that an open one never changes what stands before it. Lines in it are no list items
 * or headings, whatever they start with. Without a closing mark it is an ordinary paragraph.
 */
function readBlock(state: StateBlock, start: number, last: number, silent: boolean): boolean {
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const opening = lineOf(state, start).trim();
  const closing = closings[opening];
  if (closing === undefined) return false;
  if (silent) return true;
  let next = start + 1;
  let closed = false;
  while (next < last && !closed && !state.isEmpty(next) && (state.sCount[next] ?? 0) >= state.blkIndent) {
    closed = lineOf(state, next).trimEnd().endsWith(closing);
    next++;
  }
  const content = state.getLines(start, next, state.blkIndent, false).trim();
  state.line = next;
  const opened = state.push('paragraph_open', 'p', 1);
  opened.map = [start, next];
  const inline = state.push('inline', '', 0);
  inline.content = content;
  inline.map = [start, next];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  return true;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0);
}

function readInline(state: StateInline, silent: boolean): boolean {
  const found = formulaAt(state, state.pos);
  if (!found || found.end > state.posMax) return false;
  if (!silent) {
    const token = state.push('formula', '', 0);
    token.content = state.src.slice(state.pos, found.end);
    token.block = found.display;
  }
  state.pos = found.end;
  return true;
}

/** Longer formulas stay text: they are no formulas. */
const maxLength = 10_000;

function formulaAt(state: StateInline, start: number): { end: number; display: boolean } | undefined {
  const text = state.src;
  const two = text.slice(start, start + 2);
  if (two === '$$') return between(state, start, { mark: two, closing: '$$', display: true });
  if (two === '\\[') return between(state, start, { mark: two, closing: '\\]', display: true });
  if (two === '\\(') return between(state, start, { mark: two, closing: '\\)', display: false });
  if (two[0] !== '$' || /\s|^$/.test(two.slice(1)) || /[A-Za-z0-9$]/.test(text[start - 1] ?? ''))
    return undefined;
  const end = closingDollar(text, start + 1);
  if (end === undefined || !looksLikeFormula(candidate(text, '$', start, end + 1))) return undefined;
  return { end: end + 1, display: false };
}

function candidate(text: string, mark: Candidate['mark'], start: number, end: number): Candidate {
  const content = text.slice(start + mark.length, end - mark.length);
  return { mark, content, before: text.charAt(start - 1), after: text.charAt(end) };
}

function between(
  state: StateInline,
  start: number,
  { mark, closing, display }: { mark: Candidate['mark']; closing: string; display: boolean },
): { end: number; display: boolean } | undefined {
  const end = findFrom(state, closing, start + 2);
  if (end < 0 || end > start + maxLength) return undefined;
  const found = candidate(state.src, mark, start, end + 2);
  if (found.content.trim() === '') return undefined;
  // On lines of their own they stand for nothing else.
  const isBlock = start === 0 && found.content.startsWith('\n');
  if (!isBlock && !looksLikeFormula(found)) return undefined;
  return { end: end + 2, display };
}

interface Found {
  from: number;
  at: number;
}

/** By paragraph and mark, where it was looked for and found last: thousands of openings share one look for their end. */
const found = new WeakMap<StateInline, Map<string, Found>>();

/** `state.src.indexOf(mark, from)`. */
function findFrom(state: StateInline, mark: string, from: number): number {
  const known = found.get(state) ?? new Map<string, Found>();
  found.set(state, known);
  const last = known.get(mark);
  if (last && last.from <= from && (last.at === -1 || from <= last.at)) return last.at;
  const at = state.src.indexOf(mark, from);
  known.set(mark, { from, at });
  return at;
}

/**
 * Pandoc's rule: no space before the closing dollar, no digit after it, so that `$5 and $6` is money. Besides, no
 * letter after it and no code in between: `$HOME/$USER` are variables.
 */
function closingDollar(text: string, from: number): number | undefined {
  const inside = text.slice(from, from + maxLength);
  for (let at = inside.indexOf('$'); at >= 0; at = inside.indexOf('$', at + 1)) {
    if (isEscaped(inside, at)) continue;
    const content = inside.slice(0, at);
    const stands = !/\s$|`/.test(content) && !/[A-Za-z0-9$]/.test(text[from + at + 1] ?? '');
    return stands ? from + at : undefined;
  }
  return undefined;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

interface Candidate {
  /** What opens it. */
  mark: '$' | '$$' | '\\(' | '\\[';
  content: string;
  /** The characters at both sides, empty at the ends of the text. */
  before: string;
  after: string;
}

/** Tells formulas from what else stands between dollars and brackets: prices, variables of a shell, escaped brackets. */
function looksLikeFormula({ mark, content, before, after }: Candidate): boolean {
  if (content.includes('`')) return false;
  if (mark === '\\(' || mark === '\\[') {
    // `f\(x\)`, `a\[0\]` and `\[x\](y)` are escaped brackets, and formulas do not nest.
    if (/[A-Za-z0-9_)\]]/.test(before) || /[([]/.test(after) || content.includes(mark)) return false;
    // An index, a list of numbers, the box of a task.
    if (mark === '\\[' && /^(\d*|\d+(?:, ?\d+)*|x)$/i.test(content.trim())) return false;
    // `\[INFO\]`, `\(optional\)`
    if (/^\s*[A-Za-z]{3}[A-Za-z \n-]*$/.test(content)) return false;
  }
  const bare = content.replaceAll(words, ' ');
  if (/[。：！？“”（）《》「」]/.test(bare)) return false;
  const isEastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(bare);
  if (isEastern && !/[\\^_=]/.test(content)) return false;
  // `$x=1，y=2$`; `$10，现价9$`, and `$a=1，$` of a program
  if (/[，；、]/.test(bare) && (isEastern || !/[\\^_=<>]/.test(content) || /[，；、]$/.test(content)))
    return false;
  const letters = bare.replaceAll(/\\[A-Za-z]+/g, ' ');
  if (/\b[A-Za-z]{3,}\s{1,4}[A-Za-z]{3}/.test(letters)) return false;
  // `$5 or 10$`, `$20/month$`
  const amount = /^\d[\d.,]*/.test(content) && !/[\\^_={]/.test(content);
  if (amount && /\s([A-Za-z]{3,}|or|to|at|in|by|is|if|on|up|vs)\b|\/\s?\p{L}{2,}/u.test(letters))
    return false;
  return mark !== '$$' || /[\\^_=+\-*/<>{\d]/.test(content) || !/[A-Za-z]{2,}/.test(letters);
}

/** Text within a formula may be in any language. */
const words = /\\(?:text|textbf|textit|mathrm|mbox|operatorname)\s?\{[^{}]{0,500}\}/g;
