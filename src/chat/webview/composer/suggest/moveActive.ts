/** Computes the active option of a list after a key. */

const page = 8;
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: page,
  PageUp: -page,
};

/**
 * The line that is active after the key, of `count` lines; -1 stands for none. `undefined` when the key moves nothing.
 * Single steps go round, pages stop at the ends.
 */
export function moveActive(key: string, active: number, count: number): number | undefined {
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  const next = active === -1 && step < 0 ? count - 1 : active + step;
  return Math.abs(step) === 1 ? (next + count) % count : Math.min(Math.max(next, 0), count - 1);
}
