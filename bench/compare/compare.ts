/** Whether models that are compared slow each other: how long each takes beside the others, as times of what it takes alone. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CompareSession } from '../../src/compare/host/compareSession.ts';
import { compareParts } from '../../test/support/compareProcess.ts';
import { median } from '../decode/measurements.ts';
import { speeds } from './speeds.ts';

/** Of the duration alone, in one run. */
const target = 1.1;

/** Prints each model's duration alone and among the others. */
export async function runCompare({ quick }: { quick: boolean }): Promise<void> {
  const platform = fork(path.join(import.meta.dirname, 'platform.ts'));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-bench-'));
  try {
    const [origin] = await once(platform, 'message');
    const measure = (models: readonly string[]) => askAll(models, compareParts(folder, String(origin)));
    // What is loaded with the first question is nobody's time.
    await measure([speeds[0]?.model ?? '', speeds[0]?.model ?? '']);
    const alone = new Map<string, number[]>();
    const together = new Map<string, number[]>();
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      for (const { model } of speeds) collect(alone, await measure([model]));
      collect(together, await measure(speeds.map(({ model }) => model)));
    }
    report(alone, together);
  } finally {
    platform.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the beginning of the run to the end of each answer, by model: a model that waits for another is late. */
async function askAll(
  models: readonly string[],
  parts: ReturnType<typeof compareParts>,
): Promise<Map<string, number>> {
  const session = new CompareSession(
    {
      type: 'comparison',
      version: 1,
      id: crypto.randomUUID(),
      createdAt: Date.now(),
      setup: { systemPrompt: '', parameters: {} },
      questions: [{ id: 'q1', text: 'Which of you is the fastest?', attachments: [], history: [] }],
    },
    parts,
  );
  session.setModels(models.map((model) => `platform/${model}`));
  const durations = new Map<string, number>();
  session.listener = {
    onRun() {},
    onColumns() {},
    onDelta() {},
    onCell({ column: { id, model } }) {
      const answer = session.comparison.answers.get(`q1/${id}`);
      if (answer && answer.status !== 'done') throw new Error(`${model}: ${answer.error?.message}`);
      if (answer) durations.set(model.slice(model.indexOf('/') + 1), performance.now() - startedAt);
    },
  };
  const startedAt = performance.now();
  await session.start();
  return durations;
}

function collect(into: Map<string, number[]>, durations: ReadonlyMap<string, number>): void {
  for (const [model, ms] of durations) into.set(model, [...(into.get(model) ?? []), ms]);
}

function report(alone: ReadonlyMap<string, number[]>, together: ReadonlyMap<string, number[]>): void {
  const ratios = speeds.map(({ model, delayMs }) => {
    const [solo, beside] = [median(alone.get(model) ?? []), median(together.get(model) ?? [])];
    const facts = [`alone ${Math.round(solo)} ms`, `beside the others ${Math.round(beside)} ms`];
    console.log(
      `${model.padEnd(12)} a piece every ${String(delayMs).padStart(2)} ms: ${facts.join(', ')}: ${(beside / solo).toFixed(3)}×`,
    );
    return beside / solo;
  });
  const worst = Math.max(...ratios);
  console.log(
    `\nworst ${worst.toFixed(3)}× (target ≤ ${target}×): ${worst <= target ? 'reached' : 'MISSED'}`,
  );
}
