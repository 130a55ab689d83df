/** One clock for all processes of this machine: milliseconds since the epoch, with fractions. */

/**
 * What `performance.now()` lacks to the wall clock, told by the moments at which `Date.now()` moves on. Takes some
 * milliseconds. It stands alone, because it also runs inside pages.
 */
export function wallClockOffset(): number {
  let offset = Number.NEGATIVE_INFINITY;
  for (let tick = 0; tick < 5; tick++) {
    const before = Date.now();
    let now = before;
    while (now === before) now = Date.now();
    offset = Math.max(offset, now - performance.now());
  }
  return offset;
}
