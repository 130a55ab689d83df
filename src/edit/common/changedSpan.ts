/** Narrows a new text down to the stretch that differs, so that an edit leaves cursors and marks around it alone. */

export interface Span {
  /** Offsets in the old text. */
  start: number;
  end: number;
  /** What comes in their place. */
  text: string;
}

/** The edit that turns `before` into `after`. It tears neither a line break nor a character apart. */
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

/** Whether a cut here would go through a `\r\n` or a surrogate pair. */
function tears(text: string, offset: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])/.test(text.slice(offset - 1, offset + 1));
}
