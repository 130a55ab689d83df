import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type {
  OpenedConversation,
  WindowCommand,
  WindowOptions,
  WindowReport,
  WriterOptions,
  WriterReport,
} from './stage/messages.ts';
import { bundlePrograms, startVictim } from './stage/start.ts';

const rounds = 12;

describe('two windows that write into one conversation', () => {
  let scratch: string;
  let folder: string;
  const complaints: string[] = [];

  before(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-writers-'));
    folder = path.join(scratch, 'conversations');
    await bundlePrograms(scratch);
  });
  after(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));

  it('keep all that was acknowledged, though each is killed again and again', async () => {
    const conversationId = randomUUID();
    await runWriter({ folder, conversationId, turnId: 'first', begins: true, interval: 1 }, 0);

    /** For each turn, the number of the last event whose promise had settled. */
    const kept = new Map<string, number>();
    /** Each writer begins a turn of its own, and is killed after so many milliseconds. */
    const write = async (name: string, lives: readonly number[]): Promise<void> => {
      for (const [index, life] of lives.entries()) {
        const turnId = `${name}-${index}`;
        const last = await runWriter(
          { folder, conversationId, turnId, begins: false, interval: index % 3 },
          life,
        );
        kept.set(turnId, last);
      }
    };
    const lives = fc.sample(fc.noBias(fc.integer({ min: 0, max: 400 })), { seed: 4, numRuns: 2 * rounds });
    await Promise.all([write('left', lives.slice(0, rounds)), write('right', lives.slice(rounds))]);

    const conversation = await openConversation(conversationId);
    assert.ok(conversation);
    assert.deepEqual(complaints, []);
    const [first, ...turns] = conversation.turns;
    assert.equal(first?.question, 'first');
    assert.deepEqual(turns.map(({ question }) => question).sort(), [...kept.keys()].sort());
    for (const { question: id, text } of turns) {
      const numbers = text.split(' ').filter(Boolean).map(Number);
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index + 1),
        `${id}: each event once, in order`,
      );
      assert.ok(numbers.length >= (kept.get(id) ?? 0), `${id}: all that was kept is there`);
    }
    const events = [...kept.values()].reduce((sum, last) => sum + last + 1, 0);
    console.log(`      ${kept.size} writers killed in pairs: ${events} events kept, none lost`);
  });

  /** Gives the number of the last event whose promise had settled when the writer was killed. */
  async function runWriter(options: WriterOptions, life: number): Promise<number> {
    const writer = startVictim<never, WriterReport>(path.join(scratch, 'writer.mjs'), options);
    await writer.waitFor((report) => report.type === 'kept');
    await delay(life);
    await writer.kill();
    let last = -1;
    for (const report of writer.reports) {
      if (report.type === 'complaint') complaints.push(report.text);
      else assert.equal(report.number, ++last, 'kept in the order of the calls');
    }
    return last;
  }

  async function openConversation(id: string): Promise<OpenedConversation | undefined> {
    const options: WindowOptions = {
      folder,
      memoryFile: path.join(scratch, 'memory.json'),
      origin: '',
      ids: [id],
    };
    const window = startVictim<WindowCommand, WindowReport>(path.join(scratch, 'window.mjs'), options);
    const { conversations } = await window.waitFor((report) => report.type === 'ready');
    await window.kill();
    return conversations[0];
  }
});
