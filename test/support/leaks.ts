/** Hooks that fail a test which leaves sockets or timers behind, or too many listeners on one object. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** Call inside `describe`. After each test `dispose` runs, and then nothing may be left. */
export function checkLeaks(dispose: () => Promise<unknown>): void {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => {
    warnings.push(warning);
  };
  let before: string[] = [];

  beforeEach(async () => {
    process.on('warning', onWarning);
    // Mocha's own timer runs from here on, as it does in the hook below.
    await delay(0);
    before = resources();
  });
  afterEach(async () => {
    await dispose();
    await eventually(() => assert.deepEqual(without(resources(), before), []));
    process.removeListener('warning', onWarning);
    assert.deepEqual(
      warnings
        .splice(0)
        .filter(({ name }) => name === 'MaxListenersExceededWarning')
        .map(String),
      [],
    );
  });
}

/** Repeats a check until it holds; throws what it throws after `limit` milliseconds. */
export async function eventually(check: () => void, limit = 50_000): Promise<void> {
  const end = performance.now() + limit;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(10);
    }
  }
}

/** What is in `now` more often than in `before`: a timer of an earlier test that has run out is no leak. */
function without(now: readonly string[], before: readonly string[]): string[] {
  const rest = [...before];
  return now.filter((name) => {
    const index = rest.indexOf(name);
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
}

/** What keeps the process alive. The pipes to the terminal and mocha's own timer are always the same. */
function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Immediate')
    .sort();
}
