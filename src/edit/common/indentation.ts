/** Fits code into the indentation of the place it goes to; the code's own relative indentation is kept. */

/** How a document indents. */
export interface IndentStyle {
  insertSpaces: boolean;
  /** Columns of one level. */
  tabSize: number;
}

/**
 * The code (lines ending in `\n`) with its common indentation replaced by `indentation`. The first line gets none: what
 * stands before it is for the caller to know. Lines of white space alone become empty. Without `style`, tabs and spaces
 * of the code stay as they are.
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

/** The white space a line begins with. */
export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** How a text indents, judged by its lines; `undefined` when none is indented or both kinds are. */
export function usesSpaces(text: string): boolean | undefined {
  const tabs = /^\t/m.test(text);
  const spaces = /^ {2}/m.test(text);
  return tabs === spaces ? undefined : spaces;
}

/** Tabs become spaces or spaces tabs where all of the code uses the other; anything mixed or uneven stays. */
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
 * The white space that every line begins with. An answer often repeats a selection that began in mid-line: then the
 * first line has lost its indentation, and the bracket that closes the code tells what it was.
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

/** What all of the texts begin with. */
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

/** How many spaces one level takes; `undefined` when the indentations do not agree on it. */
function levelOf(widths: readonly number[]): number | undefined {
  const least = Math.min(...widths);
  const steps = widths.map((width) => width - least).filter((width) => width > 0);
  const unit = Math.min(...steps);
  if (unit !== 2 && unit !== 4 && unit !== 8) return undefined;
  return widths.every((width) => width % unit === 0) ? unit : undefined;
}
