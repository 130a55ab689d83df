/** Finds the hunks of a region, and accepts or rejects them. */

import { type Line, type Region, regionText } from './region.ts';

export type Decision = 'accept' | 'reject';

/** Offsets are in the document. The new lines follow the old ones. */
export interface Hunk {
  /** Stable while the user edits other lines. */
  id: string;
  start: number;
  /** The end of the old lines and the start of the new ones. */
  middle: number;
  end: number;
}

/** The hunks in document order. */
export function hunksOf(region: Region): Hunk[] {
  const hunks: Hunk[] = [];
  const limit = region.start + regionText(region).length;
  let position = region.start;
  for (const run of runsOf(region.lines)) {
    const size = lengthOf(run);
    const [first] = run;
    if (first && first.status !== 'kept' && size > 0) {
      const oldSize = lengthOf(run.filter(({ status }) => status === 'old'));
      const middle = Math.min(position + oldSize, limit);
      hunks.push({ id: idOf(first), start: position, middle, end: Math.min(position + size, limit) });
    }
    position += size;
  }
  return hunks;
}

/** Accepts or rejects the hunk with this id, or all hunks. An unknown id changes nothing. */
export function decide(region: Region, decision: Decision, id?: string): Region {
  const gone = decision === 'accept' ? 'old' : 'new';
  const lines = runsOf(region.lines).flatMap((run) => {
    const [first] = run;
    if (!first || first.status === 'kept' || (id !== undefined && idOf(first) !== id)) return run;
    return run.filter(({ status }) => status !== gone).map<Line>((line) => ({ ...line, status: 'kept' }));
  });
  return { ...region, lines };
}

function idOf({ status, index }: Line): string {
  return `${status}-${index}`;
}

/** Splits the lines into runs of kept and of changed lines. In a run of changed lines, old ones come before new ones. */
function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const run = runs.at(-1);
    const together =
      before &&
      (before.status === 'kept') === (line.status === 'kept') &&
      !(before.status === 'new' && line.status === 'old');
    if (run && together) run.push(line);
    else runs.push([line]);
    before = line;
  }
  return runs;
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}
