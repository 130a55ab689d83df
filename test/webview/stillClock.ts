/** A clock for a page that stands still, at noon, until the test moves it: of timers, `performance.now` and `Date.now`, not of frames. */

export interface StillClock {
  /** Lets so many milliseconds pass: rings the timers that fall due, each at its time. */
  pass(ms: number): Promise<void>;
}

/** The script that sets the clock up, as the first of a page; there it is `window.stillClock`. */
export const stillClockScript = `(${setUp})();`;

/** Runs in the page. */
function setUp(): void {
  type Timer = { id: number; at: number; ring: () => void };
  const start = performance.now();
  const noon = new Date().setHours(12, 0, 0, 0);
  let now = start;
  let lastId = 0;
  let timers: Timer[] = [];

  const next = (end: number): Timer | undefined =>
    timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at || a.id - b.id)[0];
  const stillClock: StillClock = {
    async pass(ms) {
      const end = now + ms;
      for (let due = next(end); due; due = next(end)) {
        const { id, at, ring } = due;
        timers = timers.filter((timer) => timer.id !== id);
        now = Math.max(now, at);
        ring();
        // What hangs on a promise may set a timer as well.
        await Promise.resolve();
      }
      now = end;
    },
  };
  performance.now = () => now;
  Date.now = () => noon + now - start;
  Object.assign(window, {
    stillClock,
    setTimeout(ring: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) {
      lastId += 1;
      timers.push({ id: lastId, at: now + ms, ring: () => ring(...values) });
      return lastId;
    },
    clearTimeout(id: number | undefined) {
      timers = timers.filter((timer) => timer.id !== id);
    },
  });
}
