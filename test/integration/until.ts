/** Waits for what VS Code does in its own time, on a machine as busy as may be. */

import { until as untilWithin } from '../support/until.ts';

/** Looks again and again until `condition` holds; throws after a minute. */
export function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  return untilWithin(condition, 60_000);
}
