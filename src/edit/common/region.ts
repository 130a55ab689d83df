/** The lines an edit is about, as they stand in the document while the edit is shown there: old ones, new ones, and those that stay. */

/** `kept`: stays. `old`: goes when its hunk is accepted. `new`: goes when its hunk is rejected. */
export type Fate = 'kept' | 'old' | 'new';

export interface Line {
  readonly fate: Fate;
  /** Which line of the original it is, or for a `new` one of the answer; from 0. */
  readonly index: number;
  /** As the model saw it, or wrote it; without line end. */
  readonly base: string;
  /**
   * As it stands in the document, with its line end. What the user adds to a line is a part of it, further lines too.
   * Where the region is open-ended, the last line's own line end is not in the document.
   */
  readonly text: string;
  /** The user has changed it. */
  readonly touched: boolean;
  /** Of a new line that is set aside: the text that belongs to it. */
  readonly aside?: string;
}

/** Never changed in place. */
export interface Region {
  /** Offset in the document, in UTF-16 units as VS Code counts. */
  readonly start: number;
  readonly eol: '\n' | '\r\n';
  /** Ends with the document, in a line without line end. */
  readonly openEnded: boolean;
  readonly lines: readonly Line[];
}

export interface RegionPlace {
  start: number;
  eol: '\n' | '\r\n';
}

/** A region of whole lines before anything is proposed. */
export function createRegion(text: string, { start, eol }: RegionPlace): Region {
  const openEnded = text !== '' && !text.endsWith('\n');
  const texts = (openEnded ? text + eol : text).split(/(?<=\n)/).filter((line) => line !== '');
  const lines = texts.map<Line>((line, index) => ({
    fate: 'kept',
    index,
    base: withoutLineEnd(line),
    text: line,
    touched: false,
  }));
  return { start, eol, openEnded, lines };
}

/** The document's text from the region's `start` on. */
export function regionText(region: Region): string {
  return documentTexts(region).join('');
}

/** Of each line what the document has of it: of the last one in an open-ended region all but its line end. */
export function documentTexts({ lines, openEnded }: Region): string[] {
  const texts = lines.map(({ text }) => text);
  const last = texts.findLastIndex((text) => text !== '');
  if (openEnded && last >= 0) texts[last] = withoutLineEnd(texts[last] ?? '');
  return texts;
}

export function withoutLineEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

/** Takes what is proposed out of the document without deciding about it; `putBack` undoes it. */
export function setAside(region: Region): Region {
  const lines = region.lines.map((line) =>
    line.fate === 'new' && line.text !== '' ? { ...line, text: '', aside: line.text } : line,
  );
  return { ...region, lines };
}

export function putBack(region: Region): Region {
  const lines = region.lines.map(({ aside, ...line }) =>
    aside === undefined ? line : { ...line, text: aside },
  );
  return { ...region, lines };
}
