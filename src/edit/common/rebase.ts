/** Adjusts a region after the user changes the document. */

import type { Line, Region } from './region.ts';

/** A document change: `text` replaces `deleted` UTF-16 units at `offset`. */
export interface Change {
  offset: number;
  deleted: number;
  text: string;
}

/**
 * The region after the change. Typed text belongs to the line that contains it. An old line that the user changes becomes
 * kept, regardless of the decision about its hunk.
 */
export function rebase(region: Region, { offset, deleted, text }: Change): Region {
  const { start, lines } = region;
  const end = offset + deleted;
  if (offset < start && end <= start) return { ...region, start: start + text.length - deleted };

  // Text that replaces something before the region stays outside the region.
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

/** Index of the line that contains the offset, or -1. The end of the document belongs to a last line without line end. */
function lineAt({ start, lines }: Region, offset: number): number {
  let position = start;
  return lines.findIndex(({ text }) => {
    position += text.length;
    return offset < position;
  });
}

function touch(line: Line, text: string): Line {
  return { ...line, text, touched: true, status: line.status === 'old' ? 'kept' : line.status };
}
