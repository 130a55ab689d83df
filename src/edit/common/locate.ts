/** Finds attached text in a document that may have changed since; ignores differences in line ends. */

/** `start`, `end`: offsets in the document. `moved`: the text starts in another line than before. */
export type Located =
  | { found: 'once'; start: number; end: number; moved: boolean }
  | { found: 'never' }
  | { found: 'often' };

/** Finds `text` in `document`. Of several matches, the only one that starts in `line` (0-based) counts. */
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

/** Converts all line ends to `\n`. */
export function toLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

function withLineFeeds(text: string): { plain: string; offsetOf: (plainOffset: number) => number } {
  const plain = toLineFeeds(text);
  if (plain.length === text.length) return { plain, offsetOf: (offset) => offset };
  // Offsets in the plain text where a `\r\n` became `\n`.
  const shortened: number[] = [];
  for (const { index } of text.matchAll(/\r\n/g)) shortened.push(index - shortened.length);
  return {
    plain,
    offsetOf: (offset) => offset + countBelow(shortened, offset),
  };
}

/** How many of the ascending numbers are less than `limit`. */
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
