/** Finds the smallest span that differs between two texts, so that an edit keeps cursors and markers around it. */

/** A replacement of part of a text. */
export interface Span {
  /** Offsets in the old text. */
  start: number;
  end: number;
  /** The replacement. */
  text: string;
}

/** The edit that turns `before` into `after`. It never splits a `\r\n` or a surrogate pair. */
export function changedSpan(before: string, after: string): Span {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  while (head > 0 && (tears(before, head) || tears(after, head))) head--;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  while (tail > 0 && (tears(before, before.length - tail) || tears(after, after.length - tail))) tail--;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

/** Whether `offset` lies inside a `\r\n` or a surrogate pair. */
function tears(text: string, offset: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])/.test(text.slice(offset - 1, offset + 1));
}
