import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { isFullRun } from '../support/fullRun.ts';
import { type Kill, runLane } from './lane.ts';
import { bundlePrograms } from './stage/start.ts';

/** How many kills, over so many windows at the same time, planned by this seed; the moments themselves are the clock's. */
const count = Number(process.env.CRASHES ?? (isFullRun() ? 200 : 40));
const windows = 8;
const seed = Number(process.env.CRASH_SEED ?? 20_240_917);

const kill: fc.Arbitrary<Kill> = fc.record({
  action: fc.constantFrom('new', 'follow', 'continue'),
  choice: fc.noBias(fc.nat()),
  thoughts: fc.constantFrom(0, 0, 60),
  afterMs: fc.noBias(fc.integer({ min: 0, max: 1500 })),
});

describe('a killed extension host', () => {
  let scratch: string;

  before(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-crash-'));
    await bundlePrograms(scratch);
  });
  after(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));

  it(`loses no conversation, and at most the last second of the answer: ${count} kills`, async () => {
    const kills = fc.sample(kill, { seed, numRuns: count });
    const share = Math.ceil(count / windows);
    const lanes = await Promise.all(
      Array.from({ length: windows }, (_, index) =>
        runLane({
          name: `q${index}`,
          program: path.join(scratch, 'window.mjs'),
          folder: path.join(scratch, 'conversations'),
          kills: kills.slice(index * share, (index + 1) * share),
        }),
      ),
    );
    const losses = lanes.flatMap((lane) => lane.losses).sort((a, b) => a - b);
    const conversations = new Set(lanes.flatMap((lane) => lane.conversations)).size;
    const longest = losses.at(-1) ?? 0;
    const median = losses[losses.length >> 1] ?? 0;
    console.log(
      `      ${losses.length} kills: ${conversations} conversations, longest loss ${Math.round(longest)} ms, median ${Math.round(median)} ms (seed ${seed})`,
    );
    assert.equal(losses.length, count);
    assert.ok(longest <= 1000, `the longest loss, ${longest} ms, is within a second`);
    assert.ok(median <= 500, `half of the losses, from ${median} ms, are within half a second`);
  }).timeout(60_000 + count * 20_000);
});
