/** Paces work that is done again and again on a text that grows, and takes longer each time. */

/** How many times as long as the last run took the next one waits: the work takes a tenth of the time at most. */
const share = 9;

export interface Pace {
  /** Milliseconds to wait before the next run. */
  readonly waitMs: number;
  /** Runs it, notes how long that takes, and returns what it returns. */
  run<Result>(work: () => Result): Result;
}

/** `leastMs`: the shortest wait. `now`: a clock in milliseconds. */
export function createPace(leastMs: number, now: () => number = () => performance.now()): Pace {
  let lastMs = 0;
  return {
    get waitMs() {
      return Math.max(leastMs, share * lastMs);
    },
    run(work) {
      const start = now();
      try {
        return work();
      } finally {
        lastMs = now() - start;
      }
    },
  };
}
