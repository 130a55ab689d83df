/** How the cost of some work grows with the size of its input, as an exponent: 1 is linear, 2 is quadratic. */

import { cpuTimeOf } from './cpuTime.ts';

/** How much larger the larger input is. */
const factor = 100;

/**
 * CPU time for one input of `size` against that for a hundred inputs of a hundredth, in logarithms: equal times mean 1. Both
 * handle as much, so that caches and the collector weigh alike. What `prepare` costs is not measured.
 */
export function growthExponent<Input>(
  size: number,
  prepare: (size: number) => Input,
  run: (input: Input) => unknown,
): number {
  const large = prepare(size);
  const small = Array.from({ length: factor }, () => prepare(size / factor));
  const kept: unknown[] = [];
  const costs = { large: Number.POSITIVE_INFINITY, small: Number.POSITIVE_INFINITY };
  // In turns, so that what else the machine does meets both.
  for (let round = 0; round < 3; round++) {
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
  return 1 + Math.log(costs.large / costs.small) / Math.log(factor);
}
