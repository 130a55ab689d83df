/** From frames to numbers. */

import type { Measurement } from './lab.ts';
import { charactersPerFrame } from './plan.ts';
import type { Subject } from './subjects.ts';

/** One subject at one size. */
export interface Result {
  subject: Subject;
  /** In thousands of characters. */
  size: number;
  /** Main-thread milliseconds of the whole answer; `undefined` where only its last frames were measured. */
  totalMs: number | undefined;
  /** Of the frames that were measured. */
  medianMs: number;
  worstMs: number;
  heapLeft: number;
}

/** The median of several runs. */
export function summarise(subject: Subject, size: number, runs: readonly Measurement[]): Result {
  const whole = runs.filter((run) => run.whole);
  const frames = runs.flatMap((run) => run.frames);
  return {
    subject,
    size,
    totalMs: whole.length > 0 ? median(whole.map((run) => sum(run.frames))) : undefined,
    medianMs: median(frames),
    // A hiccup of the machine in one run is no property of the subject.
    worstMs: median(runs.map((run) => Math.max(...run.frames))),
    heapLeft: median(runs.map((run) => run.heapLeft)),
  };
}

/** With which power of the length the total grows, between the shortest and the longest whole answer. */
export function growth(results: readonly Result[]): number | undefined {
  const whole = results.filter(({ totalMs }) => totalMs !== undefined);
  const [first, last] = [whole[0], whole.at(-1)];
  if (!first?.totalMs || !last?.totalMs || first.size === last.size) return undefined;
  return Math.log(last.totalMs / first.totalMs) / Math.log(last.size / first.size);
}

/** What a whole run will cost when the last one at half the size is known; each frame may cost twice as much. */
export function predict(last: Result | undefined, size: number): number {
  if (!last) return 0;
  if (last.totalMs === undefined) return (size * 1000 * last.medianMs) / charactersPerFrame / 2;
  return last.totalMs * (size / last.size) ** 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
