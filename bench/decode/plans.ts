/** How much is measured: enough to trust in minutes, or a first impression in less than one. */

import type { Protocol } from './answers.ts';
import type { Delivery } from './deliveries.ts';

export interface Plan {
  readonly rounds: number;
  /** Events of the answers that the rounds measure. */
  readonly usual: number;
  /** How many of them a round measures together; of those who only read bytes, ten times as many. */
  readonly usualTimes: number;
  /** Events of the answers that show how cost grows. `long` may be the usual length, and is not measured again then. */
  readonly short: number;
  readonly long: number;
  /** Events measured together for one value of a short answer. */
  readonly shortTotal: number;
  readonly shortRounds: number;
  /** Events of the answer in which memory is looked at. */
  readonly memory: number;
}

/** Whole texts grow with the square of the number of events: 20,000 of them are almost 2 GB. */
export function choosePlan(delivery: Delivery, protocol: Protocol, quick: boolean): Plan {
  const whole = protocol === 'whole';
  if (delivery === 'steady') return quick ? quickSteady : { ...steady, long: whole ? 4000 : steady.long };
  const usual = whole ? 4000 : 20_000;
  return quick ? { ...quickBursts, usual, long: usual, memory: usual } : { ...bursts, usual, memory: usual };
}

const steady: Plan = {
  rounds: 8,
  usual: 1000,
  usualTimes: 1,
  short: 500,
  shortTotal: 500,
  shortRounds: 2,
  long: 20_000,
  memory: 500,
};

const quickSteady: Plan = {
  rounds: 4,
  usual: 500,
  usualTimes: 1,
  short: 200,
  shortTotal: 200,
  shortRounds: 1,
  long: 1000,
  memory: 200,
};

const bursts: Omit<Plan, 'usual' | 'memory'> = {
  rounds: 7,
  usualTimes: 2,
  short: 500,
  shortTotal: 10_000,
  shortRounds: 5,
  long: 20_000,
};

const quickBursts: Omit<Plan, 'usual' | 'memory' | 'long'> = {
  rounds: 2,
  usualTimes: 1,
  short: 500,
  shortTotal: 5000,
  shortRounds: 1,
};
