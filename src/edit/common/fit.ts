/** Makes code of an answer fit the place in a document where it goes: indentation, line ends, last line. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';
import { type IndentStyle, leadingSpace, reindent } from './indentation.ts';
import { toLineFeeds } from './locate.ts';

export interface Gap {
  /** All of the document. */
  document: string;
  /** What the code takes the place of, as offsets; nothing, when they are equal. */
  start: number;
  end: number;
  /** The document's line end. */
  eol: '\n' | '\r\n';
  style?: IndentStyle;
}

/** What to put into the gap. Nothing outside of the gap changes. */
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

/** The code as the text of a whole document, which ends as the old one did. */
export function fitWholeFile(code: string, { document, eol, style }: Omit<Gap, 'start' | 'end'>): string {
  const text = reindentWhole(trimTrailing(toLineFeeds(code), '\n'), style);
  return withEol(document.endsWith('\n') ? `${text}\n` : text, eol);
}

/** Where code goes to the start of a line, above what is there or into an empty line. */
function insertion(code: string, before: string, after: string, style: IndentStyle | undefined): string {
  const empty = after.trim() === '';
  const indentation = empty ? before : before + leadingSpace(after);
  const text = reindent(code, indentation, style);
  // One line before other code may be a part of its expression; more lines, or one left of it, can only stand above.
  const above = !empty && (code.includes('\n') || indentation.length > before.length);
  return above ? `${indentation.slice(before.length)}${text}\n${before}` : text;
}

/** How deep the replaced code stood. */
function indentationOf(before: string, replaced: string): string {
  const lines = replaced.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const own = leadingSpace(lines[Math.max(0, first)] ?? '');
  return first <= 0 || !own.startsWith(before) ? before + own : own;
}

/** Whole lines were replaced: the last line of the code must end as well. */
function closeLine(text: string, replaced: string): string {
  return replaced.endsWith('\n') && !text.endsWith('\n') ? `${text}\n` : text;
}

function reindentWhole(code: string, style: IndentStyle | undefined): string {
  const lines = code.split('\n');
  const unindented = lines.some((line) => line !== '' && leadingSpace(line) === '');
  // A file that is indented as a whole is meant so.
  return unindented ? reindent(code, '', style) : code;
}

function lineRest(document: string, offset: number): string {
  const end = document.indexOf('\n', offset);
  return document.slice(offset, end === -1 ? undefined : end).replace(/\r$/, '');
}

function withEol(text: string, eol: '\n' | '\r\n'): string {
  return eol === '\n' ? text : text.replaceAll('\n', '\r\n');
}
