/** How the cost of some work grows with the size of its input, as an exponent: 1 is linear, 2 is quadratic. */

import assert from 'node:assert/strict';
import { cpuTimeOf } from './cpuTime.ts';

/** Linear work, and what the garbage collector and caches add to it. */
const linear = 1.1;
const attempts = 8;

interface Measure {
  /** How much larger the larger input is. */
  factor?: number;
  rounds?: number;
}

/**
 * CPU time for one input of `size` against that for `factor` inputs of a `factor`th, in logarithms: equal times mean 1. Both
 * handle as much, so that caches and the collector weigh alike. What `prepare` costs is not measured. Nothing can be told
 * below a millisecond, which counts as 1.
 */
export function growthExponent<Input>(
  size: number,
  prepare: (size: number) => Input,
  run: (input: Input) => unknown,
  { factor = 100, rounds = 3 }: Measure = {},
): number {
  const large = prepare(size);
  const small = Array.from({ length: factor }, () => prepare(size / factor));
  const kept: unknown[] = [];
  const costs = { large: Number.POSITIVE_INFINITY, small: Number.POSITIVE_INFINITY };
  // In turns, so that what else the machine does meets both.
  for (let round = 0; round < rounds; round++) {
    kept.length = 0;
    costs.small = Math.min(
      costs.small,
      cpuTimeOf(() => kept.push(small.map(run)), { runs: 1 }),
    );
    kept.length = 0;
    costs.large = Math.min(
      costs.large,
      cpuTimeOf(() => kept.push(run(large)), { runs: 1 }),
    );
  }
  return 1 + Math.log(Math.max(costs.large, 1) / Math.max(costs.small, 1)) / Math.log(factor);
}

/**
 * Fails when the work takes more than linear time. A busy machine is measured again: whatever takes quadratic time does
 * so in each attempt. `name` says in the failure what was worked on.
 */
export function assertLinear<Input>(
  run: (input: Input) => unknown,
  make: (size: number) => Input,
  { size, name }: { size: number; name: string },
): void {
  // Cubic work would take hours with the whole size.
  let exponent = growthExponent(size / 16, make, run, { factor: 4, rounds: 2 });
  if (exponent < 1.5) {
    const measure = () => growthExponent(size, make, run, { factor: 32, rounds: 2 });
    exponent = measure();
    for (let attempt = 1; attempt < attempts && exponent > linear; attempt++)
      exponent = Math.min(exponent, measure());
  }
  assert.ok(
    exponent <= linear,
    `${name}: the cost grows with the size to the power of ${exponent.toFixed(2)}`,
  );
}

/** Repeats `unit` until the text has `size` characters. */
export function repeated(unit: string): (size: number) => string {
  return (size) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
}
