/** How much work the patterns of a workspace may ask for: what would take seconds is refused. */

import type { Budget } from './pathPattern.ts';

/** Some milliseconds. */
const stepsAtOnce = 600_000;
/** More with each path, so that any number of files can be asked for: what a thousand patterns with `**` take. */
const stepsForEachPath = 10_000;
/** Longer than file systems know. */
const mostPathCharacters = 10_000;

/**
 * Asks `matches` as long as the budget lasts. From then on every path counts as matched, since what is refused must not
 * let a file through; `onRefused` is called once.
 */
export function limitMatching(
  matches: (path: string, budget: Budget) => boolean,
  onRefused: () => void,
): (path: string) => boolean {
  const budget = { left: stepsAtOnce };
  return (path) => {
    if (budget.left <= 0 || path.length > mostPathCharacters) return true;
    budget.left = Math.min(stepsAtOnce, budget.left + stepsForEachPath);
    const isMatch = matches(path, budget);
    if (budget.left > 0) return isMatch;
    onRefused();
    return true;
  };
}
