/** Reads the visible text of a turn as searchable segments, with their positions in the DOM. */

export interface Segment {
  text: string;
  /** The text nodes it consists of, each with its place in `text`. */
  pieces: readonly { node: Text; start: number }[];
}

/** Reads questions, reasoning and answers of `turn`, in that order. What is not text of theirs is left out. */
export function segmentsOf(turn: Element): Segment[] {
  const segments: Segment[] = [];
  for (const part of turn.querySelectorAll(parts)) segments.push(...segmentsIn(part));
  return segments;
}

/** Every place of `pattern` (a global expression) in the segments, in their order. */
export function findRanges(segments: readonly Segment[], pattern: RegExp): StaticRange[] {
  return segments.flatMap((segment) =>
    Array.from(segment.text.matchAll(pattern), (match) =>
      toRange(segment, match.index, match.index + match[0].length),
    ),
  );
}

const parts = '.question-text, .reasoning-text, .answer-text';
/** Labels and buttons that stand among the text. */
const notText = '.code-header, button, .visually-hidden, [hidden], svg, iframe, annotation';
/** Elements that do not interrupt a line; words go through them. */
const inline = new Set(
  'a abbr b bdi code del em i ins kbd mark s small span strong sub sup u'
    .split(' ')
    .map((name) => name.toUpperCase()),
);

function segmentsIn(root: Element): Segment[] {
  const segments: Segment[] = [];
  let pieces: { node: Text; start: number }[] = [];
  let text = '';
  function flush(): void {
    if (text.trim() !== '') segments.push({ text, pieces });
    pieces = [];
    text = '';
  }
  function read(parent: Element): void {
    for (const child of parent.childNodes) {
      if (child instanceof Text) {
        pieces.push({ node: child, start: text.length });
        text += child.data;
      } else if (child instanceof Element && !child.matches(notText)) {
        const block = !inline.has(child.tagName);
        if (block) flush();
        read(child);
        if (block) flush();
      }
    }
  }
  read(root);
  flush();
  return segments;
}

/** The place of a stretch that is not empty, in UTF-16 units of the segment's text. */
export function toRange({ pieces }: Segment, start: number, end: number): StaticRange {
  const from = pieceAt(pieces, start);
  // A range ends in the piece of its last character, not before the next one.
  const to = pieceAt(pieces, end - 1);
  return new StaticRange({
    startContainer: from.node,
    startOffset: start - from.start,
    endContainer: to.node,
    endOffset: end - to.start,
  });
}

function pieceAt(pieces: Segment['pieces'], at: number): { node: Text; start: number } {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) throw new Error('A segment has at least one piece.');
  return piece;
}
