/** The models of the benchmark, from fast to slow. */

export interface ModelSpeed {
  model: string;
  /** Milliseconds from one piece to the next. */
  delayMs: number;
}

export const speeds: readonly ModelSpeed[] = [
  { model: 'qwen-turbo', delayMs: 3 },
  { model: 'qwen-plus', delayMs: 8 },
  { model: 'qwen-max', delayMs: 20 },
  { model: 'qwen-long', delayMs: 50 },
];

/** So many that each answer takes about as long, and all of them stream at the same time from beginning to end. */
export function pieces(delayMs: number): number {
  return Math.round(2400 / delayMs);
}
