/** The gate for texts from outside on their way into VS Code's own surfaces: they are read there, and never run. */

import { markHidden, stripHidden } from './hiddenText.ts';

/**
 * VS Code makes links of `[text](command:…)`, `[text](file:…)` and `[text](http…)` in notifications and quick inputs
 * (`parseLinkedText` in src/vs/base/common/linkedText.ts), icons of `$(name)` in labels (src/vs/base/common/iconLabels.ts),
 * and Markdown of some names, trusted Markdown among them: there `<command:…>` is a link as well. A blank in the middle
 * leaves each of them readable and none of them alive, however the text goes on.
 */
const live = /(\])(?=\()|(\$)(?=\()|(<)(?=[a-z][a-z0-9+.-]*:)/gi;

/** In UTF-16 units. VS Code itself cuts notifications at 1000. */
const longestLine = 1000;
const longestBlock = 4000;
/** More lines would push the buttons of a modal dialog out of sight. */
const mostLines = 40;
/** How much longer than its limit a text may be and still be read as a whole: what is removed can be long. */
const slack = 16;

/**
 * The text on one line: no link, no icon, no control or hidden character, line breaks and runs of blanks as one blank,
 * `longest` UTF-16 units at most, with `…` for what was cut. What it returns it returns unchanged the next time.
 * To be applied to the finished text: two gated texts could form a link across their border.
 */
export function plainLine(text: string, longest = longestLine): string {
  const read = text.slice(0, longest * slack);
  const blank = read.replace(/[\u2028\u2029]/g, ' ');
  return cut(disarm(stripHidden(blank).replace(/\s+/g, ' ').trim()), longest, read.length < text.length);
}

/** As `plainLine`, but line breaks stay, for the details of modal dialogs: 40 lines and 4000 UTF-16 units at most. */
export function plainLines(text: string): string {
  const read = text.slice(0, longestBlock * slack);
  const lines = stripHidden(read.replace(/[\u2028\u2029]/g, '\n'))
    .split(/\r\n|[\n\r]/)
    .map((line) => disarm(line.replace(/\s+/g, ' ').trimEnd()));
  const isCut = read.length < text.length || lines.length > mostLines;
  return cut(lines.slice(0, mostLines).join('\n').trimEnd(), longestBlock, isCut);
}

function disarm(text: string): string {
  return text.replace(live, '$& ');
}

function cut(text: string, longest: number, isCut: boolean): string {
  if (text.length <= longest && !isCut) return text;
  // Half of a character, or of an emoji, is hidden text.
  return `${stripHidden(text.slice(0, longest - 1))}…`;
}

/**
 * Markdown that shows exactly this text, hidden characters as marks: every ASCII punctuation character is escaped
 * (CommonMark 0.31.2, 2.4), so nothing in it is a link, an icon, a picture, HTML or an address that becomes a link.
 */
export function markdownText(text: string): string {
  return markHidden(text)
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/^[ \t]+/gm, (blanks) => '\u00a0'.repeat(blanks.length))
    .replace(/\r\n|[\n\r]/g, '\\\n');
}
