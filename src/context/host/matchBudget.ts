/** Limits the work of matching the patterns of a workspace; refuses what would take seconds. */

import type { Budget } from './pathPattern.ts';

/** Takes some milliseconds. */
const stepsAtOnce = 600_000;
/** Added for each path, so that any number of files can be tested; enough for a thousand patterns with `**`. */
const stepsForEachPath = 10_000;
/** Longer than file systems allow. */
const mostPathCharacters = 10_000;

/**
 * Calls `matches` as long as the budget lasts. After that every path counts as matched, so that no excluded file is
 * offered; calls `onRefused` once.
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
