/** What Qiao must reach, and whether it did in this run. */

import { createAnswer } from './answers.ts';
import type { Delivery } from './deliveries.ts';
import type { Result } from './measureAll.ts';
import { megabytes } from './report.ts';

/** To the limit, for pieces. */
const highestRatio: Record<Delivery, number> = { steady: 1.2, bursts: 4 };
/** 1, and what a noisy machine adds. */
const highestGrowth = 1.05;
/** In bytes: what buffers and the collector's own memory may differ by, between a short answer and a long one. */
const slack = 2 * 2 ** 20;
/** How often the text of an answer may be held. */
const copies = 4;
/** Held for each text that is kept, beside its characters: its head, and its place in a list. */
const textOverhead = 32;

export interface Verdict {
  readonly passed: boolean;
  readonly text: string;
}

export function judge(delivery: Delivery, results: readonly Result[]): readonly Verdict[] {
  const label = delivery === 'steady' ? 'one event per packet' : 'bursts';
  return results
    .filter(({ subject }) => subject.role === 'qiao')
    .flatMap((own) => {
      const name = `${label}, ${own.subject.protocol}`;
      const pieces = own.subject.protocol !== 'whole';
      const verdicts = pieces
        ? [
            judgeRatio(own, highestRatio[delivery]),
            ...judgePeers(own, results),
            ...judgeGrowth(own, 'length'),
          ]
        : judgeGrowth(own, 'bytes');
      return [
        ...verdicts,
        ...(own.plan.memory > own.plan.short ? [judgeMemory(own), judgeCopies(own)] : []),
      ].map(({ passed, text }) => ({
        passed,
        text: `${name}: ${text}`,
      }));
    });
}

function judgeRatio({ ratio }: Result, highest: number): Verdict {
  return { passed: ratio <= highest, text: `${ratio.toFixed(2)}× the limit, at most ${highest.toFixed(2)}×` };
}

function judgePeers(own: Result, results: readonly Result[]): Verdict[] {
  const peers = results.filter(
    ({ subject }) => subject.role === 'peer' && subject.protocol === own.subject.protocol,
  );
  return peers.map(({ subject, ratio }) => ({
    passed: own.ratio < ratio,
    text: `ahead of ${subject.name}, which costs ${(ratio / own.ratio).toFixed(2)}× as much`,
  }));
}

function judgeGrowth({ growth, plan }: Result, by: 'length' | 'bytes'): Verdict[] {
  // Between lengths this close the exponent is noise.
  if (plan.long < 8 * plan.short) return [];
  const verdict = {
    passed: growth <= highestGrowth,
    text: `cost grows with the ${by} to the power of ${growth.toFixed(2)}, at most ${highestGrowth}`,
  };
  return [verdict];
}

function judgeMemory({ peak, plan }: Result): Verdict {
  return {
    passed: peak.long <= peak.short + slack,
    text: `memory flat: ${megabytes(peak.long)} MB for ${plan.memory} events, ${megabytes(peak.short)} for ${Math.min(plan.short, plan.memory)}`,
  };
}

function judgeCopies({ peak, plan, subject }: Result): Verdict {
  const text = 2 * createAnswer(subject.protocol, plan.memory).characters;
  const allowed = copies * text + plan.memory * textOverhead + slack;
  return {
    passed: peak.kept <= allowed,
    text: `with all texts kept ${megabytes(peak.kept)} MB, at most ${megabytes(allowed)}`,
  };
}
