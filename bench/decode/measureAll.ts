/** Measures all subjects side by side: in each round everybody has a turn, so that a noisy moment hits all alike. */

import { createAnswer } from './answers.ts';
import type { Delivery } from './deliveries.ts';
import { type Cost, growthExponent, median, type Run } from './measurements.ts';
import { choosePlan, type Plan } from './plans.ts';
import { type Subject, subjects } from './subjects.ts';
import { startWorker, type Worker } from './worker.ts';

export interface Result {
  readonly subject: Subject;
  readonly plan: Plan;
  /** For each event, median of the rounds. */
  readonly cpuUs: number;
  /** To the limit of the same protocol in the same round, median of the rounds. */
  readonly ratio: number;
  /** Steady: from the server's write to the part, median; NaN when pieces are not events. Bursts: for each event. */
  readonly wallUs: number;
  /** Of the usual answers' text, UTF-16 units. */
  readonly wrong: number;
  /** Of CPU by events; by bytes when every event holds the whole text. */
  readonly growth: number;
  /** Bytes alive beyond those before the answer: of a short one, a long one, a long one kept. NaN: not judged. */
  readonly peak: { readonly short: number; readonly long: number; readonly kept: number };
}

interface Candidate {
  readonly subject: Subject;
  readonly client: Worker;
}

export interface Lab {
  /** Who can't be measured, and why. */
  readonly missing: readonly string[];
  measure(delivery: Delivery): Promise<readonly Result[]>;
  /** Resolves when all processes are gone. */
  close(): Promise<void>;
}

/** Starts the server and a process for each subject, and has everybody warmed up. */
export async function openLab({ quick }: { quick: boolean }): Promise<Lab> {
  const server = startWorker('./server.ts');
  const candidates: Candidate[] = subjects.map((subject, i) => ({
    subject,
    client: startWorker('./client.ts', [String(i)]),
  }));
  const close = async (): Promise<void> => {
    await Promise.all([server, ...candidates.map(({ client }) => client)].map((worker) => worker.stop()));
  };
  try {
    const port = Number(await server.ask('port'));
    const missing: string[] = [];
    const present = new Set(candidates);
    const prepare = async (candidate: Candidate): Promise<void> => {
      try {
        const { protocol } = candidate.subject;
        await candidate.client.ask('load');
        // Who can't read a short answer is not measured.
        const trial: Run = { protocol, delivery: 'bursts', events: 500, times: 1, port };
        await candidate.client.ask('measure', trial);
      } catch (error) {
        const { name, protocol } = candidate.subject;
        missing.push(`${name} (${protocol}): ${error instanceof Error ? firstLine(error) : error}`);
        present.delete(candidate);
      }
    };
    await Promise.all(candidates.map(prepare));
    return {
      missing,
      measure: (delivery) => measureDelivery({ candidates: [...present], server, port, delivery, quick }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function firstLine({ message }: Error): string {
  return message.split('\n', 1)[0] ?? message;
}

async function warmUp({ subject, client }: Candidate, port: number): Promise<void> {
  const run = { protocol: subject.protocol, port };
  await client.ask('measure', { ...run, delivery: 'bursts', events: 2000, times: 12 } satisfies Run);
  await client.ask('measure', { ...run, delivery: 'steady', events: 500, times: 2 } satisfies Run);
}

interface Scene {
  candidates: readonly Candidate[];
  server: Worker;
  port: number;
  delivery: Delivery;
  quick: boolean;
}

async function measureDelivery(scene: Scene): Promise<readonly Result[]> {
  const { candidates, server, port, delivery, quick } = scene;
  const planOf = ({ subject }: Candidate): Plan => choosePlan(delivery, subject.protocol, quick);
  const measure = async (candidate: Candidate, events: number, total = events): Promise<Cost> => {
    const times = Math.max(1, Math.round(total / events));
    const run: Run = { protocol: candidate.subject.protocol, delivery, events, times, port };
    return (await candidate.client.ask('measure', run)) as Cost;
  };
  const latency = async ({ seenAt }: Cost): Promise<number> => {
    const writtenAt = (await server.ask('writtenAt')) as number[];
    return seenAt.length === writtenAt.length
      ? median(seenAt.map((time, i) => (time - (writtenAt[i] ?? 0)) / 1000))
      : Number.NaN;
  };
  const peak = async (candidate: Candidate, events: number, keep = false): Promise<number> => {
    const run: Run = { protocol: candidate.subject.protocol, delivery, events, times: 1, port, keep };
    return Number(await candidate.client.ask('peak', run));
  };

  // Looking at memory has thrown away compiled code.
  await Promise.all(candidates.map((candidate) => warmUp(candidate, port)));
  const usual = await inRounds(candidates, planOf, 'rounds', async (candidate) => {
    const { usual, usualTimes } = planOf(candidate);
    const fast = delivery === 'bursts' && /^(limit|socket|step)$/.test(candidate.subject.role);
    const cost = await measure(candidate, usual, usual * usualTimes * (fast ? 10 : 1));
    return {
      cpuUs: cost.cpuUs,
      wallUs: delivery === 'steady' ? await latency(cost) : cost.wallUs,
      wrong: cost.wrong,
    };
  });
  const short = await inRounds(candidates, planOf, 'shortRounds', (candidate) =>
    measure(candidate, planOf(candidate).short, planOf(candidate).shortTotal),
  );

  const results: Result[] = [];
  for (const candidate of candidates) {
    const plan = planOf(candidate);
    const { subject } = candidate;
    const judged = subject.role === 'qiao';
    const rounds = usual.get(candidate) ?? [];
    const limit = candidates.find(
      (other) => other.subject.protocol === subject.protocol && other.subject.role === 'limit',
    );
    const limits = (limit && usual.get(limit)) ?? [];
    const cpuUs = median(rounds.map((round) => round.cpuUs));
    const shortUs = median((short.get(candidate) ?? []).map((cost) => cost.cpuUs));
    const longUs = plan.long === plan.usual ? cpuUs : (await measure(candidate, plan.long)).cpuUs;
    results.push({
      subject,
      plan,
      cpuUs,
      ratio: median(rounds.map((round, i) => round.cpuUs / (limits[i]?.cpuUs ?? Number.NaN))),
      wallUs: median(rounds.map((round) => round.wallUs)),
      wrong: Math.max(...rounds.map((round) => round.wrong)),
      growth: growthExponent(
        { size: sizeOf(subject, plan.short), cost: shortUs * plan.short },
        { size: sizeOf(subject, plan.long), cost: longUs * plan.long },
      ),
      peak: {
        short: judged ? await peak(candidate, Math.min(plan.short, plan.memory)) : Number.NaN,
        long: await peak(candidate, plan.memory),
        kept: judged ? await peak(candidate, plan.memory, true) : Number.NaN,
      },
    });
  }
  return results;
}

function sizeOf({ protocol }: Subject, events: number): number {
  return protocol === 'whole' ? createAnswer(protocol, events).bytes : events;
}

/** Each round begins with another one. */
async function inRounds<T>(
  candidates: readonly Candidate[],
  planOf: (candidate: Candidate) => Plan,
  count: 'rounds' | 'shortRounds',
  measure: (candidate: Candidate) => Promise<T>,
): Promise<Map<Candidate, T[]>> {
  const results = new Map<Candidate, T[]>(candidates.map((candidate) => [candidate, []]));
  const rounds = Math.max(...candidates.map((candidate) => planOf(candidate)[count]));
  for (let round = 0; round < rounds; round++) {
    const first = (round * 5) % candidates.length;
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) {
      results.get(candidate)?.push(await measure(candidate));
    }
  }
  return results;
}
