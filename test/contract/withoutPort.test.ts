/** The emulator inside this process, as the demo uses it: it answers, fails and ends as on a port, and opens none. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createDemo } from '../../src/connections/host/demo.ts';
import {
  createEmulator,
  type LocalEmulator,
  type ScriptStep,
  startEmulator,
} from '../../src/emulator/index.ts';
import type { ChatModel } from '../../src/llm/chatModel.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { eventually } from '../support/leaks.ts';

const request = { messages: [{ role: 'user' as const, content: 'Where is the bridge?' }] };
const pieces = ['Over', ' the', ' river.'];
const never = new AbortController().signal;

function modelAt(connection: Pick<Connection, 'network'> & { baseUrl: string }): ChatModel {
  return createChatModel({ protocol: 'dashscope', apiKey: 'sk-demo', ...connection }, 'qwen-plus');
}

function modelIn({ connect }: LocalEmulator): ChatModel {
  return modelAt({ baseUrl: 'http://127.0.0.1:0', network: { openSocket: connect } });
}

/** An answer as the reader sees it, however its text was divided. */
async function read(model: ChatModel): Promise<object> {
  const { parts: _, error, ...answer } = await collect(model, request);
  return { ...answer, error: error && { ...error, cause: undefined, message: error.message } };
}

describe('the emulator without a port', () => {
  let emulator: LocalEmulator;
  beforeEach(() => {
    emulator = createEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  it('opens none when the demo is used', async () => {
    const network = (): string[] =>
      process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe).*Wrap$/.test(name));
    const before = network();
    const demo = createDemo();
    await demo.simulate({ error: { status: 401, code: 'InvalidApiKey', message: 'No.' } });
    const model = createChatModel(await demo.connect(), 'qwen-plus');
    assert.equal((await collect(model, request)).error?.kind, 'unauthorized');
    assert.ok((await collect(model, request)).text.length > 100);
    assert.deepEqual(network(), before);
    await demo.dispose();
  });

  it('refuses who comes after it was disposed', async () => {
    const demo = createDemo();
    const connection = await demo.connect();
    await demo.dispose();
    const { error, text } = await collect(createChatModel(connection, 'qwen-plus'), request);
    assert.equal(text, '');
    assert.equal(error?.kind, 'network');
  });

  const steps: ScriptStep[] = [
    { pieces, reasoning: 'Hm.', usage: { inputTokens: 3, outputTokens: 4 } },
    { pieces, contentEncoding: 'br', split: { everyBytes: 7 }, delayMs: 1 },
    { pieces: Array.from({ length: 40 }, (_, index) => `${index}`.repeat(100_000)) },
    { error: { status: 429, code: 'Throttling', message: 'Slow down.' } },
    {
      pieces,
      error: { status: 400, code: 'DataInspectionFailed', message: 'No.', afterPieces: 2 },
      requestId: 'r',
    },
    { pieces, cutAfter: 2 },
    { pieces, resetAfter: 2 },
    { pieces, resetAfter: 2, partialBytes: 20 },
    { pieces, resetAfter: 'request' },
    { pieces, end: 'reset' },
    { html: 502 },
    { empty: true },
    { redirect: 'http://127.0.0.1:1/' },
  ];
  for (const step of steps)
    it(`gives what one on a port gives: ${JSON.stringify(step).slice(0, 80)}`, async () => {
      const script = [{ requestId: 'r', ...step }];
      emulator.script(...script);
      const listening = await startEmulator({ pace: 0, script });
      const expected = await read(modelAt({ baseUrl: listening.origin })).finally(listening.dispose);
      assert.deepEqual(await read(modelIn(emulator)), expected);
      assert.equal(emulator.pendingSteps, 0);
    });

  it('gives each piece at once', async () => {
    emulator.script({ pieces, holdAfter: [1, 2] });
    const texts: string[] = [];
    for await (const part of modelIn(emulator).stream(request, never)) {
      if (part.type !== 'text-delta') continue;
      texts.push(part.text);
      if (texts.length < pieces.length) assert.equal((await emulator.nextHold()).eventsWritten, texts.length);
      emulator.release();
    }
    assert.deepEqual(texts, pieces);
  });

  it('hears of a reader who leaves, or stops', async () => {
    emulator.script({ pieces, holdAfter: 1, times: 2 }, { pieces, stallAfter: 'request' });
    const model = modelIn(emulator);
    for await (const _ of model.stream(request, never)) break;
    const stopInside = new AbortController();
    await assert.rejects(
      async () => {
        for await (const _ of model.stream(request, stopInside.signal)) stopInside.abort();
      },
      { kind: 'aborted' },
    );
    const stopBefore = new AbortController();
    const last = collect(model, request, stopBefore.signal);
    await emulator.request(2);
    stopBefore.abort();
    assert.equal((await last).error?.kind, 'aborted');
    await Promise.all(emulator.requests.map(({ ended }) => ended));
    assert.deepEqual(
      emulator.requests.map(({ closedByClient }) => closedByClient),
      [true, true, true],
    );
  });

  it('waits for a slow reader', async () => {
    emulator.script({ pieces: Array.from({ length: 400 }, () => 'x'.repeat(100_000)) });
    for await (const part of modelIn(emulator).stream(request, never)) if (part.type === 'text-delta') break;
    const [{ ended, eventsWritten } = assert.fail()] = emulator.requests;
    await ended;
    assert.ok(eventsWritten < 100, String(eventsWritten));
  });

  it('keeps the connection for the next question, until one of both ends it', async () => {
    const { connect } = emulator;
    const sockets: ReturnType<typeof connect>[] = [];
    const openSocket = () => {
      sockets.push(connect());
      return sockets.at(-1) ?? assert.fail();
    };
    const model = modelAt({ baseUrl: 'http://127.0.0.1:0', network: { openSocket } });
    await collect(model, request);
    // The body ends a little after the answer.
    await delay(50);
    await collect(model, request);
    assert.equal(sockets.length, 1);
    await emulator.dispose();
    await eventually(() =>
      assert.deepEqual(
        sockets.map(({ destroyed }) => destroyed),
        [true],
      ),
    );
  });
});
