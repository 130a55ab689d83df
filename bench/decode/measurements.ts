/** What the measured processes are asked, what they answer, and how the answers of several rounds become numbers. */

import type { Exchange } from './deliveries.ts';

export interface Run extends Exchange {
  readonly port: number;
  /** The same answer several times over, so that short ones can be measured. */
  readonly times: number;
  /** Keep the texts to the end; only for memory. */
  readonly keep?: boolean;
}

export interface Cost {
  /** For each event. */
  readonly cpuUs: number;
  /** For each event. */
  readonly wallUs: number;
  /** When the text of each event of the last steady answer had come, in nanoseconds of the system's steady clock. */
  readonly seenAt: readonly number[];
  /** UTF-16 units that were not in the text, or are missing in it. */
  readonly wrong: number;
}

/** NaN for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** 1: twice as long costs twice as much. */
export function growthExponent(
  short: { size: number; cost: number },
  long: { size: number; cost: number },
): number {
  return Math.log(long.cost / short.cost) / Math.log(long.size / short.size);
}
