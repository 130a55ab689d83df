/** Waits for what comes in its own time, for as long as a test may take: a busy machine is no failure. */

import { until } from '../support/until.ts';

/** Less than a test may take, so that a failure names the condition. */
const patience = 100_000;

export function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  return until(condition, patience);
}
