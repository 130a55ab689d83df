/** Highlights code only if it is fast: some texts take a highlighter quadratic time and more. */

import type { highlight } from './highlight.ts';

/** Milliseconds that a part may take; one that is twice as long takes at most about eight times as much. */
const longestPart = 30;
const firstPart = 2500;

/**
 * The coloured code; `undefined` for a language that is not known, and for code that would take too long. Parts of
 * growing length are tried first. `now`: a clock in milliseconds.
 */
export function highlightCarefully(
  run: (code: string) => ReturnType<typeof highlight>,
  code: string,
  now: () => number = () => performance.now(),
): ReturnType<typeof highlight> {
  const takesLong = (part: string): boolean => {
    const start = now();
    run(part);
    return now() - start > longestPart;
  };
  for (let length = firstPart; length < code.length; length *= 2) {
    const part = code.slice(0, length);
    // The first code of a language takes longer than what follows, and so may any while the machine is busy.
    if (takesLong(part) && takesLong(part)) return undefined;
  }
  return run(code);
}
