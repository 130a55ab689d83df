/** Lays an answer out over the lines it is to replace: what stays, what goes, what comes. */

import { diffArrays } from 'diff';
import type { Line, Region } from './region.ts';

export interface Proposal {
  /** Lines of the answer without line ends. While it comes: the complete ones. */
  answer: readonly string[];
  /** Whether this is all of it. If not, the lines it has not reached stay. */
  complete: boolean;
}

/**
 * The region with the answer in it. It can be laid out again as more of the answer comes: what the user has changed
 * meanwhile stays as he left it, and no line he has touched is proposed to go.
 */
export function propose(region: Region, { answer, complete }: Proposal): Region {
  const originals = region.lines.filter(({ fate }) => fate !== 'new');
  const touched = new Map(
    region.lines.filter((line) => line.fate === 'new' && line.touched).map((line) => [line.index, line]),
  );
  const untouched = new Map(
    region.lines.filter((line) => line.fate === 'new' && !line.touched).map((line) => [line.index, line]),
  );
  const wanted = answer.map((text, index) => touched.get(index) ?? newLine(text, index, untouched));
  // The answer may have become shorter; what the user wrote into it stays.
  for (const [index, line] of touched) if (index >= answer.length) wanted.push(line);

  const reach = complete ? originals.length : answer.length + lookAhead;
  const lines: Line[] = [];
  let removed: Line[] = [];
  let added: Line[] = [];
  const closeHunk = (): void => {
    lines.push(...removed, ...added);
    removed = [];
    added = [];
  };
  let oldIndex = 0;
  let newIndex = 0;
  for (const { added: isNew, removed: isOld, count } of compare(originals.slice(0, reach), wanted)) {
    if (isNew) {
      for (const line of wanted.slice(newIndex, newIndex + count)) added.push(toNew(line, region.eol));
      newIndex += count;
    } else if (isOld) {
      removed.push(...originals.slice(oldIndex, oldIndex + count).map(remove));
      oldIndex += count;
    } else {
      closeHunk();
      lines.push(...originals.slice(oldIndex, oldIndex + count).map(keep));
      oldIndex += count;
      newIndex += count;
    }
  }
  if (complete) closeHunk();
  else lines.push(...added, ...removed.map(keep));
  lines.push(...originals.slice(reach).map(keep));
  return { ...region, lines };
}

/** While the answer comes, it is compared with so many more lines than it has: it will hardly skip more. */
const lookAhead = 40;
/** A comparison that finds more than this is cut short: then all of it is one hunk. */
const longestComparison = 1500;

interface Stretch {
  added: boolean;
  removed: boolean;
  count: number;
}

function compare(originals: readonly Line[], wanted: readonly Line[]): readonly Stretch[] {
  // What the user wrote is no line of the model's that could be found again.
  const before = originals.map(({ base }) => base);
  const after = wanted.map((line) => (line.touched ? `\n${line.index}` : line.base));
  const found = diffArrays(before, after, { maxEditLength: longestComparison });
  if (found) return found;
  return [
    { added: false, removed: true, count: before.length },
    { added: true, removed: false, count: after.length },
  ];
}

function newLine(text: string, index: number, known: ReadonlyMap<number, Line>): Line {
  const line = known.get(index);
  return line?.base === text ? line : { fate: 'new', index, base: text, text: '', touched: false };
}

/** A line that is in the document already stays the same object: nothing there has to change for it. */
function toNew(line: Line, eol: string): Line {
  return line.touched || line.text !== '' ? line : { ...line, text: line.base + eol };
}

function keep(line: Line): Line {
  return line.fate === 'kept' ? line : { ...line, fate: 'kept' };
}

function remove(line: Line): Line {
  return line.touched || line.fate === 'old' ? line : { ...line, fate: 'old' };
}
