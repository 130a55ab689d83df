/** What code costs, without what else runs on the machine: how cost grows can be told on a busy one, too. */

import assert from 'node:assert/strict';

const attempts = 8;

/** The least CPU time of a few runs, in milliseconds. */
export function cpuTimeOf(run: () => void, { runs }: { runs: number }): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/**
 * Fails when `run` takes more than `most` milliseconds of CPU time whenever it is tried: once, and more often only where the
 * first time is too long, since code that is cold, the collector and a busy machine make it so. A limit is ten times what is needed
 * or more; `CPU_TIMES=1` prints what that is. `name` says what was worked on.
 */
export function assertCpuWithin(most: number, run: () => void, name = ''): void {
  let least = cpuTimeOf(run, { runs: 1 });
  for (let attempt = 1; attempt < attempts && least > most; attempt++)
    least = Math.min(least, cpuTimeOf(run, { runs: 1 }));
  if (process.env.CPU_TIMES)
    console.log(`${(most / least).toFixed(1)}× room: ${least.toFixed(1)} of ${most} ms  ${name}`);
  assert.ok(least <= most, `${name}: ${least} ms of CPU time, more than ${most}`);
}
