/** Models the lines of an inline edit in the document: kept, old and new ones. */

/** `kept`: not part of a hunk. `old`: removed if its hunk is accepted. `new`: removed if its hunk is rejected. */
export type LineStatus = 'kept' | 'old' | 'new';

export interface Line {
  readonly status: LineStatus;
  /** 0-based line index in the original, or in the answer for a `new` line. */
  readonly index: number;
  /** The line as the model saw or wrote it, without line end. */
  readonly base: string;
  /**
   * The line's text in the document, with its line end. Includes everything that the user adds to it, even further lines.
   * In an open-ended region, the last line's line end is not in the document.
   */
  readonly text: string;
  /** Whether the user has changed the line. */
  readonly touched: boolean;
  /** The text of a new line while it is set aside. */
  readonly aside?: string;
}

/** Immutable. */
export interface Region {
  /** Offset in the document, in UTF-16 units as VS Code counts. */
  readonly start: number;
  readonly eol: '\n' | '\r\n';
  /** Whether the region ends with the document, in a line without line end. */
  readonly openEnded: boolean;
  readonly lines: readonly Line[];
}

export interface RegionPlace {
  start: number;
  eol: '\n' | '\r\n';
}

/** Creates a region of kept lines. `text`: whole lines. */
export function createRegion(text: string, { start, eol }: RegionPlace): Region {
  const openEnded = text !== '' && !text.endsWith('\n');
  const texts = (openEnded ? text + eol : text).split(/(?<=\n)/).filter((line) => line !== '');
  const lines = texts.map<Line>((line, index) => ({
    status: 'kept',
    index,
    base: withoutLineEnd(line),
    text: line,
    touched: false,
  }));
  return { start, eol, openEnded, lines };
}

/** The region's text in the document. */
export function regionText(region: Region): string {
  return documentTexts(region).join('');
}

/** The text of each line in the document. In an open-ended region the last one has no line end. */
export function documentTexts({ lines, openEnded }: Region): string[] {
  const texts = lines.map(({ text }) => text);
  const last = texts.findLastIndex((text) => text !== '');
  if (openEnded && last >= 0) texts[last] = withoutLineEnd(texts[last] ?? '');
  return texts;
}

export function withoutLineEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

/** Removes the new lines from the document without a decision; `putBack` restores them. */
export function setAside(region: Region): Region {
  const lines = region.lines.map((line) =>
    line.status === 'new' && line.text !== '' ? { ...line, text: '', aside: line.text } : line,
  );
  return { ...region, lines };
}

/** Restores the new lines that `setAside` removed. */
export function putBack(region: Region): Region {
  const lines = region.lines.map(({ aside, ...line }) =>
    aside === undefined ? line : { ...line, text: aside },
  );
  return { ...region, lines };
}
