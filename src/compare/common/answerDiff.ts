/** Where two answers differ, word by word; Chinese and Japanese have words too, though no spaces between them. */

import { diffArrays } from 'diff';

/** Offsets in UTF-16 units, end exclusive. */
export type Stretch = readonly [start: number, end: number];

export interface AnswerDiff {
  /** What the first text has and the second has not. */
  first: readonly Stretch[];
  second: readonly Stretch[];
  /** From 0 to 1: how much of both is the same, by words. */
  likeness: number;
}

/** More edits than these are no longer looked for: texts so different have nothing to show side by side. */
const mostEdits = 2500;

/** Case and punctuation count, spaces and line breaks do not. */
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
  /** Its place among the words: neighbours are painted in one. */
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
