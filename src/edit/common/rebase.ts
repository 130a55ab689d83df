/** Carries a region over what the user changes in the document meanwhile. */

import type { Line, Region } from './region.ts';

/** One change of a document: so many characters at `offset` gave way to `text`. */
export interface Change {
  offset: number;
  deleted: number;
  text: string;
}

/**
 * The region after the change. What is typed belongs to the line it stands in. An old line that the user changes is
 * his again: it stays, whatever becomes of its hunk.
 */
export function rebase(region: Region, { offset, deleted, text }: Change): Region {
  const { start, lines } = region;
  const end = offset + deleted;
  if (offset < start && end <= start) return { ...region, start: start + text.length - deleted };

  // What takes the place of something before the region stands before it.
  const holder = offset < start ? -1 : lineAt(region, offset);
  let position = start;
  const rebased = lines.map((line, index) => {
    const within = (place: number): number => Math.min(Math.max(place - position, 0), line.text.length);
    const [from, to] = [within(offset), within(end)];
    position += line.text.length;
    const inserted = index === holder ? text : '';
    if (from === to && inserted === '') return line;
    return touch(line, line.text.slice(0, from) + inserted + line.text.slice(to));
  });
  return { ...region, start: offset < start ? offset + text.length : start, lines: rebased };
}

/** The line that holds the offset; -1: it is outside. At the end of the document it stands before the line end that is not there. */
function lineAt({ start, lines }: Region, offset: number): number {
  let position = start;
  return lines.findIndex(({ text }) => {
    position += text.length;
    return offset < position;
  });
}

function touch(line: Line, text: string): Line {
  return { ...line, text, touched: true, fate: line.fate === 'old' ? 'kept' : line.fate };
}
