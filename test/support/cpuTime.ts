/** What code costs, without what else runs on the machine: how cost grows can be told on a busy one, too. */

import assert from 'node:assert/strict';

const attempts = 8;

/** What the reference below takes on the machine that the limits were written on, in milliseconds. */
const referenceMs = 10;
const referenceText = `[${'{"a":[1,"b",{"c":null}],"d":"text, 标点"},'.repeat(20_000)}0]`;

/** How many times slower this machine is now; at least 1. */
export function slowness(): number {
  const spent = cpuTimeOf(() => JSON.stringify(JSON.parse(referenceText)).split(',').length, { runs: 3 });
  return Math.max(1, spent / referenceMs);
}

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

/** Fails when `run` does not take `times` less CPU time than `other`, however often they are compared. */
export function assertCheaper(times: number, run: () => void, other: () => void): void {
  let ratio = 0;
  for (let attempt = 0; attempt < attempts && ratio < times; attempt++)
    ratio = Math.max(ratio, cpuTimeOf(other, { runs: 1 }) / cpuTimeOf(run, { runs: 1 }));
  if (process.env.CPU_TIMES) console.log(`${ratio.toFixed(1)} times as cheap, of ${times}`);
  assert.ok(ratio >= times, `only ${ratio} times as cheap`);
}

/**
 * Fails when `run` takes more than `most` milliseconds of CPU time whenever it is tried: once, and more often only where the
 * first time is too long, since code that is cold, the collector and a busy machine make it so; `most` grows with how slow this
 * machine is. A limit is ten times what is needed or more; `CPU_TIMES=1` prints what that is. `name` says what was worked on.
 */
export function assertCpuWithin(most: number, run: () => void, name = ''): void {
  let least = cpuTimeOf(run, { runs: 1 });
  let allowed = most;
  for (let attempt = 1; attempt < attempts && least > allowed; attempt++) {
    allowed = Math.max(allowed, most * slowness());
    least = Math.min(least, cpuTimeOf(run, { runs: 1 }));
  }
  if (process.env.CPU_TIMES)
    console.log(`${(most / least).toFixed(1)}× room: ${least.toFixed(1)} of ${most} ms  ${name}`);
  assert.ok(least <= allowed, `${name}: ${least} ms of CPU time, more than ${allowed}`);
}
