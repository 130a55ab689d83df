/** Computes the document edits that turn one state of a region into another. */

import { diffArrays } from 'diff';
import { changedSpan, type Span } from './changedSpan.ts';
import { documentTexts, type Line, type Region } from './region.ts';

/** Spans with offsets in the document that `from` describes, in order and disjoint. Unchanged lines are in no span. */
export function editsBetween(from: Region, to: Region): Span[] {
  const spans: Span[] = [];
  let position = from.start;
  let open: { start: number; old: string; text: string } | undefined;
  const close = (): void => {
    if (!open) return;
    const { start, end, text } = changedSpan(open.old, open.text);
    if (start !== end || text !== '') spans.push({ start: open.start + start, end: open.start + end, text });
    open = undefined;
  };
  for (const { added, removed, value } of changesBetween(from, to)) {
    const text = value.map((placed) => placed.text).join('');
    if (!added && !removed) {
      close();
      position += text.length;
      continue;
    }
    open ??= { start: position, old: '', text: '' };
    if (added) open.text += text;
    else {
      open.old += text;
      position += text.length;
    }
  }
  close();
  return spans;
}

interface PlacedLine {
  line: Line;
  /** The line's text in the document. */
  text: string;
}

interface LineChange {
  added: boolean;
  removed: boolean;
  value: PlacedLine[];
}

const longestComparison = 2500;

/** Lines that differ only in status are equal. */
function changesBetween(from: Region, to: Region): readonly LineChange[] {
  const [before, after] = [placedLines(from), placedLines(to)];
  const found = diffArrays(before, after, { comparator: isSame, maxEditLength: longestComparison });
  return (
    found ?? [
      { added: false, removed: true, value: before },
      { added: true, removed: false, value: after },
    ]
  );
}

function placedLines(region: Region): PlacedLine[] {
  const texts = documentTexts(region);
  return region.lines.map((line, index) => ({ line, text: texts[index] ?? '' }));
}

function isSame(left: PlacedLine, right: PlacedLine): boolean {
  return (
    left.text === right.text && left.line.index === right.line.index && left.line.base === right.line.base
  );
}
