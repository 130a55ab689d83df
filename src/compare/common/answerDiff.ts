/** Compares two answers word by word; Chinese and Japanese texts are segmented into words. */

import { diffArrays } from 'diff';

/** Offsets in UTF-16 units, end exclusive. */
export type Stretch = readonly [start: number, end: number];

export interface AnswerDiff {
  /** Parts of the first text that the second lacks. */
  first: readonly Stretch[];
  second: readonly Stretch[];
  /** The share of common words, from 0 to 1. */
  likeness: number;
}

/** The diff gives up above this number of edits: such texts have too little in common. */
const mostEdits = 2500;

/** Compares case and punctuation, but not white space. */
export function diffAnswers(first: string, second: string): AnswerDiff {
  const before = wordsOf(first);
  const after = wordsOf(second);
  const changes = diffArrays(
    before.map(({ word }) => word),
    after.map(({ word }) => word),
    { maxEditLength: mostEdits },
  );
  if (!changes) return { first: merge(before), second: merge(after), likeness: 0 };
  const gone: Word[] = [];
  const come: Word[] = [];
  let same = 0;
  let [at, to] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (added) come.push(...after.slice(to, to + count));
    else if (removed) gone.push(...before.slice(at, at + count));
    else same += count;
    if (!added) at += count;
    if (!removed) to += count;
  }
  const all = before.length + after.length;
  return { first: merge(gone), second: merge(come), likeness: all === 0 ? 1 : (2 * same) / all };
}

interface Word {
  word: string;
  start: number;
  /** Among the words; neighbours are merged into one stretch. */
  index: number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    if (segment.trim() !== '') words.push({ word: segment, start: index, index: words.length });
  }
  return words;
}

function merge(words: readonly Word[]): Stretch[] {
  const stretches: [number, number][] = [];
  let last: Word | undefined;
  for (const word of words) {
    const end = word.start + word.word.length;
    const open = stretches.at(-1);
    if (open && last?.index === word.index - 1) open[1] = end;
    else stretches.push([word.start, end]);
    last = word;
  }
  return stretches;
}
