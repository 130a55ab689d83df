/** Merges an answer into a region: computes which lines are kept, removed and added. */

import { diffArrays } from 'diff';
import type { Line, Region } from './region.ts';

export interface Proposal {
  /** The complete lines of the answer so far, without line ends. */
  answer: readonly string[];
  /** Whether the answer is complete. Otherwise lines that it has not reached are kept. */
  complete: boolean;
}

/**
 * The region with the answer merged in. May be called again as the answer grows: lines that the user has changed stay as
 * they are and are never removed.
 */
export function propose(region: Region, { answer, complete }: Proposal): Region {
  const originals = region.lines.filter(({ status }) => status !== 'new');
  const touched = new Map(
    region.lines.filter((line) => line.status === 'new' && line.touched).map((line) => [line.index, line]),
  );
  const untouched = new Map(
    region.lines.filter((line) => line.status === 'new' && !line.touched).map((line) => [line.index, line]),
  );
  const wanted = answer.map((text, index) => touched.get(index) ?? newLine(text, index, untouched));
  // The answer may have become shorter; lines that the user changed stay.
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

/** A streaming answer of n lines is compared with the first n + `lookAhead` original lines. */
const lookAhead = 40;
/** Maximum edit distance of the diff; beyond it, everything is one hunk. */
const longestComparison = 1500;

interface DiffPart {
  added: boolean;
  removed: boolean;
  count: number;
}

function compare(originals: readonly Line[], wanted: readonly Line[]): readonly DiffPart[] {
  // Lines that the user changed must match no original line.
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
  return line?.base === text ? line : { status: 'new', index, base: text, text: '', touched: false };
}

/** Gives a new line its text. A line that is already in the document stays the same object. */
function toNew(line: Line, eol: string): Line {
  return line.touched || line.text !== '' ? line : { ...line, text: line.base + eol };
}

function keep(line: Line): Line {
  return line.status === 'kept' ? line : { ...line, status: 'kept' };
}

function remove(line: Line): Line {
  return line.touched || line.status === 'old' ? line : { ...line, status: 'old' };
}
