/** How the cost of some work grows with the size of its input, as an exponent: 1 is linear, 2 is quadratic. */

import assert from 'node:assert/strict';
import { cpuTimeOf } from './cpuTime.ts';

/** Between linear and quadratic; `npm run bench -- hostile` asks for less. */
const most = Number(process.env.GROWTH_LIMIT ?? 1.4);
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
 * Fails when the work takes more than linear time. What is a hundred times as large costs caches and the collector up to twice
 * as much for each item, more on a busy machine; quadratic work makes 1.7 and more, however often it is measured. So a
 * test tells the one from the other; the benchmark prints exponents, on a machine that does nothing else. `name` says what
 * was worked on.
 */
export function assertLinear<Input>(
  run: (input: Input) => unknown,
  make: (size: number) => Input,
  { size, name }: { size: number; name: string },
): void {
  // Cubic work would take hours with the whole size.
  const few = leastExponent(() => growthExponent(size / 16, make, run, { factor: 4, rounds: 2 }));
  const exponent =
    few > most ? few : leastExponent(() => growthExponent(size, make, run, { factor: 32, rounds: 1 }));
  if (process.env.GROWTH_LIMIT) console.log(`${exponent.toFixed(2)}  ${name}`);
  assert.ok(exponent <= most, `${name}: the cost grows with the size to the power of ${exponent.toFixed(2)}`);
}

function leastExponent(measure: () => number): number {
  let exponent = measure();
  for (let attempt = 1; attempt < attempts && exponent > most; attempt++)
    exponent = Math.min(exponent, measure());
  return exponent;
}

/** Repeats `unit` until the text has `size` characters. */
export function repeated(unit: string): (size: number) => string {
  return (size) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
}
