/** Finds attached text in a document again, which may have changed since. Line ends do not count. */

/** `start` and `end` are offsets in the document; `moved`: it stands in another line than it did. */
export type Located =
  | { found: 'once'; start: number; end: number; moved: boolean }
  | { found: 'never' }
  | { found: 'often' };

/**
 * Where `text` stands in `document`. Of several places the one that begins in `line` (from 0) counts; with none there,
 * or more than one, it can't be told.
 */
export function locate(document: string, text: string, line: number): Located {
  const wanted = toLineFeeds(text);
  if (wanted === '') return { found: 'never' };
  const { plain, offsetOf } = withLineFeeds(document);
  const starts: number[] = [];
  for (let at = plain.indexOf(wanted); at !== -1; at = plain.indexOf(wanted, at + 1)) starts.push(at);
  if (starts.length === 0) return { found: 'never' };
  const lineStart = startOfLine(plain, line);
  const lineEnd = lineStart === undefined ? undefined : endOfLine(plain, lineStart);
  const there = starts.filter(
    (at) => lineStart !== undefined && lineEnd !== undefined && at >= lineStart && at <= lineEnd,
  );
  const candidates = there.length > 0 ? there : starts;
  const [start] = candidates;
  if (start === undefined || candidates.length > 1) return { found: 'often' };
  return {
    found: 'once',
    start: offsetOf(start),
    end: offsetOf(start + wanted.length),
    moved: there.length === 0,
  };
}

/** The text with `\n` alone at the ends of its lines. */
export function toLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

function withLineFeeds(text: string): { plain: string; offsetOf: (plainOffset: number) => number } {
  const plain = toLineFeeds(text);
  if (plain.length === text.length) return { plain, offsetOf: (offset) => offset };
  // Where in the plain text a line break of two characters became one.
  const shortened: number[] = [];
  for (const { index } of text.matchAll(/\r\n/g)) shortened.push(index - shortened.length);
  return {
    plain,
    offsetOf: (offset) => offset + countBelow(shortened, offset),
  };
}

/** How many of the ascending numbers are smaller. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startOfLine(text: string, line: number): number | undefined {
  let start = 0;
  for (let count = 0; count < line; count++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  return start;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
