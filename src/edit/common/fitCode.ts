/** Adapts code from an answer to its place in a document: indentation, line ends, final newline. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';
import { type IndentStyle, leadingSpace, reindent } from './indentation.ts';
import { toLineFeeds } from './locate.ts';

/** A range of a document that code replaces. */
export interface Gap {
  /** The document's text. */
  document: string;
  /** The offsets to replace; an insertion if they are equal. */
  start: number;
  end: number;
  /** The document's line end. */
  eol: '\n' | '\r\n';
  style?: IndentStyle;
}

/** The replacement text for the gap. */
export function fitCode(code: string, gap: Gap): string {
  const { document, start, end, eol, style } = gap;
  const before = document.slice(document.lastIndexOf('\n', start - 1) + 1, start);
  const replaced = toLineFeeds(document.slice(start, end));
  const plain = toLineFeeds(code);
  if (before.trim() !== '') {
    const text = reindent(plain, leadingSpace(before), style).trimStart();
    return withEol(closeLine(text, replaced), eol);
  }
  if (start !== end) {
    const indentation = indentationOf(before, replaced);
    const text = indentation.slice(before.length) + reindent(plain, indentation, style);
    return withEol(closeLine(text, replaced), eol);
  }
  return withEol(insertion(plain, before, lineRest(document, end), style), eol);
}

/** The code as the text of the whole document, with the old text's final newline or none. */
export function fitWholeFile(code: string, { document, eol, style }: Omit<Gap, 'start' | 'end'>): string {
  const text = reindentWhole(trimTrailing(toLineFeeds(code), '\n'), style);
  return withEol(document.endsWith('\n') ? `${text}\n` : text, eol);
}

/** The text of an insertion at the start of a line: above the existing code or into an empty line. */
function insertion(code: string, before: string, after: string, style: IndentStyle | undefined): string {
  const empty = after.trim() === '';
  const indentation = empty ? before : before + leadingSpace(after);
  const text = reindent(code, indentation, style);
  // A single line may continue the expression that follows. Several lines, or a less indented cursor, go above it.
  const above = !empty && (code.includes('\n') || indentation.length > before.length);
  return above ? `${indentation.slice(before.length)}${text}\n${before}` : text;
}

/** The indentation of the replaced code. */
function indentationOf(before: string, replaced: string): string {
  const lines = replaced.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const own = leadingSpace(lines[Math.max(0, first)] ?? '');
  return first <= 0 || !own.startsWith(before) ? before + own : own;
}

/** Adds the final newline if whole lines are replaced. */
function closeLine(text: string, replaced: string): string {
  return replaced.endsWith('\n') && !text.endsWith('\n') ? `${text}\n` : text;
}

function reindentWhole(code: string, style: IndentStyle | undefined): string {
  const lines = code.split('\n');
  const unindented = lines.some((line) => line !== '' && leadingSpace(line) === '');
  // Keep the indentation of a file that is indented as a whole.
  return unindented ? reindent(code, '', style) : code;
}

function lineRest(document: string, offset: number): string {
  const end = document.indexOf('\n', offset);
  return document.slice(offset, end === -1 ? undefined : end).replace(/\r$/, '');
}

function withEol(text: string, eol: '\n' | '\r\n'): string {
  return eol === '\n' ? text : text.replaceAll('\n', '\r\n');
}
