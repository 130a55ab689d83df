/** The places of a region where lines go or come, and what becomes of them. */

import { type Line, type Region, regionText } from './region.ts';

export type Decision = 'accept' | 'reject';

/** Offsets are the document's; the new lines follow the old ones. */
export interface Hunk {
  /** Stays the same while the user changes other things. */
  id: string;
  start: number;
  /** Where the old lines end and the new ones begin. */
  middle: number;
  end: number;
}

/** In the order of the document. */
export function hunksOf(region: Region): Hunk[] {
  const hunks: Hunk[] = [];
  const limit = region.start + regionText(region).length;
  let position = region.start;
  for (const run of runsOf(region.lines)) {
    const size = lengthOf(run);
    const [first] = run;
    if (first && first.fate !== 'kept' && size > 0) {
      const oldSize = lengthOf(run.filter(({ fate }) => fate === 'old'));
      const middle = Math.min(position + oldSize, limit);
      hunks.push({ id: idOf(first), start: position, middle, end: Math.min(position + size, limit) });
    }
    position += size;
  }
  return hunks;
}

/** Decides about one hunk, or about all of them. A hunk that is not there any more changes nothing. */
export function decide(region: Region, decision: Decision, id?: string): Region {
  const gone = decision === 'accept' ? 'old' : 'new';
  const lines = runsOf(region.lines).flatMap((run) => {
    const [first] = run;
    if (!first || first.fate === 'kept' || (id !== undefined && idOf(first) !== id)) return run;
    return run.filter(({ fate }) => fate !== gone).map<Line>((line) => ({ ...line, fate: 'kept' }));
  });
  return { ...region, lines };
}

function idOf({ fate, index }: Line): string {
  return `${fate}-${index}`;
}

/** Neighbours that stay, and neighbours that do not; old lines never follow new ones in a run. */
function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const run = runs.at(-1);
    const together =
      before &&
      (before.fate === 'kept') === (line.fate === 'kept') &&
      !(before.fate === 'new' && line.fate === 'old');
    if (run && together) run.push(line);
    else runs.push([line]);
    before = line;
  }
  return runs;
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}
