/** Waits for what comes in its own time. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again until `condition` holds; throws after `patience` milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>, patience = 50_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `it never came to that: ${condition}`);
    await delay(10);
  }
}
