/** How much is measured: all sizes in some minutes, or two of them in one. */

export interface Plan {
  /** Lengths of the answers, in thousands of characters. */
  readonly sizes: readonly number[];
  /** How often the limit and Qiao are measured, in turn; the medians count. */
  readonly rounds: number;
  /** What one run of a peer may cost, in milliseconds; beyond it only the last frames of an answer are measured. */
  readonly peerBudgetMs: number;
}

/** At 33 ms a frame this is 1,500 characters a second: a fast model. */
export const charactersPerFrame = 50;
/** Frames measured at the end of an answer that is too long to be fed whole. */
export const lastFrames = 25;

export function choosePlan(quick: boolean): Plan {
  return quick
    ? { sizes: [50, 100], rounds: 1, peerBudgetMs: 8000 }
    : { sizes: [50, 100, 200, 400], rounds: 3, peerBudgetMs: 25_000 };
}
