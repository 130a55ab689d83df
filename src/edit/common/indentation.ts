/** Changes the indentation of code and keeps its relative indentation. */

/** A document's indentation settings. */
export interface IndentStyle {
  insertSpaces: boolean;
  /** Columns of one level. */
  tabSize: number;
}

/**
 * Replaces the common indentation of the code (lines separated by `\n`) with `indentation`. The first line gets none; the
 * caller adds it. Lines of white space become empty. Without `style`, tabs and spaces are not converted.
 */
export function reindent(code: string, indentation: string, style?: IndentStyle): string {
  const lines = style ? convertIndentation(code.split('\n'), style) : code.split('\n');
  const common = commonIndentation(lines);
  return lines
    .map((line, index) => {
      if (line.trim() === '') return '';
      const rest = line.slice(Math.min(common.length, leadingSpace(line).length));
      return index === 0 ? rest : indentation + rest;
    })
    .join('\n');
}

/** The leading white space of a line. */
export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Whether a text is indented with spaces; `undefined` if no line is indented or both kinds occur. */
export function usesSpaces(text: string): boolean | undefined {
  const tabs = /^\t/m.test(text);
  const spaces = /^ {2}/m.test(text);
  return tabs === spaces ? undefined : spaces;
}

/** Converts tabs to spaces or the reverse if all lines use the other kind. Mixed or uneven indentation stays. */
export function convertIndentation(
  lines: readonly string[],
  { insertSpaces, tabSize }: IndentStyle,
): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map(leadingSpace);
  const same = [...lines];
  if (insertSpaces) {
    if (!indents.every((indent) => /^\t*$/.test(indent))) return same;
    return lines.map((line) => line.replace(/^\t+/, (tabs) => ' '.repeat(tabs.length * tabSize)));
  }
  if (!indents.every((indent) => /^ *$/.test(indent))) return same;
  const unit = levelOf(indents.map(({ length }) => length));
  if (unit === undefined) return same;
  return lines.map((line) =>
    line.trim() === '' ? line : line.replace(/^ +/, ({ length }) => '\t'.repeat(length / unit)),
  );
}

/**
 * The common leading white space of the lines. If a selection began in the middle of a line, the repeated first line lacks
 * its indentation; then the closing bracket's indentation counts.
 */
function commonIndentation(lines: readonly string[]): string {
  const written = lines.filter((line) => line.trim() !== '');
  const [first = '', ...rest] = written.map(leadingSpace);
  const closing = written.length > 1 && /^\s*[}\])]/.test(written.at(-1) ?? '');
  if (first === '' && closing && rest.length > 0) {
    const common = sharedStart(rest);
    const deeper = rest.some((indent) => indent.length > common.length);
    return deeper && rest.at(-1) === common ? common : '';
  }
  return sharedStart([first, ...rest]);
}

/** The longest common prefix of the texts. */
export function sharedStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const text of others) {
    let same = 0;
    while (same < length && text[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}

/** Spaces per level; `undefined` if the indentations are inconsistent. */
function levelOf(widths: readonly number[]): number | undefined {
  const least = Math.min(...widths);
  const steps = widths.map((width) => width - least).filter((width) => width > 0);
  const unit = Math.min(...steps);
  if (unit !== 2 && unit !== 4 && unit !== 8) return undefined;
  return widths.every((width) => width % unit === 0) ? unit : undefined;
}
