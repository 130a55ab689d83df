/** Highlights where answers differ from a baseline, with CSS highlights and without changing the DOM. */

import { type Segment, segmentsOf, toRange } from '../../chat/webview/find/segments.ts';
import { type AnswerDiff, diffAnswers, type Stretch } from '../common/answerDiff.ts';

/** The name in `columns.css`. */
const highlightName = 'qiao-difference';

/**
 * Highlights in each column what the baseline lacks, and in the baseline what all others lack. Returns the likeness of
 * each other column, from 0 to 1.
 */
export function paintDifferences(
  columns: ReadonlyMap<string, Element>,
  baselineId: string,
): Map<string, number> {
  const likeness = new Map<string, number>();
  const baseline = columns.get(baselineId);
  if (!baseline) {
    clearDifferences();
    return likeness;
  }
  const base = readText(baseline);
  const ranges: StaticRange[] = [];
  /** Parts of the baseline that each other column lacks. */
  const missing: (readonly Stretch[])[] = [];
  for (const [id, column] of columns) {
    if (id === baselineId) continue;
    const text = readText(column);
    if (text.whole === '') continue;
    const diff: AnswerDiff = diffAnswers(base.whole, text.whole);
    likeness.set(id, diff.likeness);
    missing.push(diff.first);
    ranges.push(...diff.second.flatMap((stretch) => rangesOf(stretch, text.segments)));
  }
  ranges.push(...intersect(missing).flatMap((stretch) => rangesOf(stretch, base.segments)));
  CSS.highlights.set(highlightName, new Highlight(...ranges));
  return likeness;
}

export function clearDifferences(): void {
  CSS.highlights.delete(highlightName);
}

interface PlacedSegment {
  segment: Segment;
  /** In the whole text. */
  start: number;
}

function readText(column: Element): { whole: string; segments: PlacedSegment[] } {
  let start = 0;
  const segments = segmentsOf(column).map((segment) => {
    const placed = { segment, start };
    start += segment.text.length + 1;
    return placed;
  });
  return { whole: segments.map(({ segment }) => segment.text).join('\n'), segments };
}

/** A stretch may span several paragraphs. */
function rangesOf([start, end]: Stretch, segments: readonly PlacedSegment[]): StaticRange[] {
  return segments.flatMap(({ segment, start: offset }) => {
    const from = Math.max(0, start - offset);
    const to = Math.min(segment.text.length, end - offset);
    return from < to ? [toRange(segment, from, to)] : [];
  });
}

/** The overlap of all sorted lists. */
function intersect(lists: readonly (readonly Stretch[])[]): Stretch[] {
  const [first, ...others] = lists;
  if (!first) return [];
  return others
    .reduce<readonly Stretch[]>(
      (common, list) =>
        common.flatMap(([start, end]) =>
          list.flatMap(([from, to]): Stretch[] => {
            const [left, right] = [Math.max(start, from), Math.min(end, to)];
            return left < right ? [[left, right]] : [];
          }),
        ),
      first,
    )
    .slice();
}
