/** Escapes untrusted text for VS Code's own UI, so that it never becomes a link, an icon or a command. */

import { markHidden, stripHidden } from './hiddenText.ts';

/**
 * VS Code renders `[text](command:…)`, `[text](file:…)` and `[text](http…)` as links in notifications and quick inputs
 * (`parseLinkedText` in src/vs/base/common/linkedText.ts), `$(name)` as icons in labels (src/vs/base/common/iconLabels.ts),
 * and some names as Markdown, even trusted Markdown, where `<command:…>` is a link as well. A blank inserted in the middle
 * keeps each readable and disables it, whatever text follows.
 */
const activeSyntax = /(\])(?=\()|(\$)(?=\()|(<)(?=[a-z][a-z0-9+.-]*:)/gi;

/** In UTF-16 units. VS Code itself truncates notifications at 1000. */
const longestLine = 1000;
const longestBlock = 4000;
/** More lines would push the buttons of a modal dialog off the screen. */
const mostLines = 40;
/** A text is read up to this multiple of its limit, since long runs may be removed from it. */
const slack = 16;

/**
 * The text on one line, without links, icons, control and hidden characters. Line breaks and runs of blanks become one
 * blank. Longer than `longest` UTF-16 units, it is cut and ends with `…`. Idempotent. Apply it to the finished text: two
 * escaped texts could form a link when joined.
 */
export function plainLine(text: string, longest = longestLine): string {
  const read = text.slice(0, longest * slack);
  const blank = read.replace(/[\u2028\u2029]/g, ' ');
  return cut(disarm(stripHidden(blank).replace(/\s+/g, ' ').trim()), longest, read.length < text.length);
}

/** Like `plainLine`, but keeps line breaks, for details of modal dialogs: at most 40 lines and 4000 UTF-16 units. */
export function plainLines(text: string): string {
  const read = text.slice(0, longestBlock * slack);
  const lines = stripHidden(read.replace(/[\u2028\u2029]/g, '\n'))
    .split(/\r\n|[\n\r]/)
    .map((line) => disarm(line.replace(/\s+/g, ' ').trimEnd()));
  const isCut = read.length < text.length || lines.length > mostLines;
  return cut(lines.slice(0, mostLines).join('\n').trimEnd(), longestBlock, isCut);
}

function disarm(text: string): string {
  return text.replace(activeSyntax, '$& ');
}

function cut(text: string, longest: number, isCut: boolean): string {
  if (text.length <= longest && !isCut) return text;
  // The cut may leave half a surrogate pair or a joiner, which are hidden characters.
  return `${stripHidden(text.slice(0, longest - 1))}…`;
}

/**
 * Markdown that shows exactly this text, with marks for hidden characters. It escapes all ASCII punctuation (CommonMark
 * 0.31.2, 2.4), so the text contains no link, autolink, icon, image or HTML.
 */
export function markdownText(text: string): string {
  return markHidden(text)
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/^[ \t]+/gm, (blanks) => '\u00a0'.repeat(blanks.length))
    .replace(/\r\n|[\n\r]/g, '\\\n');
}
