import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { Usage } from '../../src/llm/chatModel.ts';
import type { Cost } from '../../src/llm/pricing.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { type LoopbackServer, startServer } from '../support/loopbackServer.ts';

const usage: Usage = { inputTokens: 2, outputTokens: 3, totalTokens: 5 };
const cost: Cost = { currency: 'CNY', nanos: 9 };
const request = { messages: [{ role: 'user' as const, content: 'a' }] };

const event = (value: unknown): string => `data:${JSON.stringify(value)}\n\n`;
const text = event({ choices: [{ index: 0, delta: { content: 'b' }, finish_reason: null }] });
const end = `${event({
  choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
  usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
})}data: [DONE]\n\n`;

describe('a metered model', () => {
  let server: LoopbackServer | undefined;
  afterEach(() => server?.dispose());

  async function metered(answer: (response: ServerResponse) => void) {
    server = await startServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      answer(response);
    });
    const records: unknown[] = [];
    const meter = {
      costOf: (counted: Usage | undefined) => (counted ? cost : undefined),
      record: (...entry: unknown[]) => records.push(entry),
    };
    const model = createChatModel({ protocol: 'openai', baseUrl: server.origin, meter }, 'm');
    return { records, model };
  }

  it('records each answer once, with what it cost, and says so in its finish', async () => {
    const { records, model } = await metered((response) => response.end(text + end));
    const { text: said, finish } = await collect(model, request);
    assert.equal(said, 'b');
    assert.deepEqual([finish?.usage, finish?.cost], [usage, cost]);
    assert.deepEqual(records, [[usage, cost]]);
    await collect(model, request);
    assert.equal(records.length, 2);
  });

  it('records an answer that was stopped as one without counts, and lets go of the stream', async () => {
    let left = (): void => {};
    const closed = new Promise<void>((resolve) => {
      left = resolve;
    });
    const { records, model } = await metered((response) => response.on('close', left).write(text));
    for await (const part of model.stream(request, new AbortController().signal)) {
      assert.equal(part.type, 'text-delta');
      break;
    }
    await closed;
    assert.deepEqual(records, [[undefined, undefined]]);
    const { error } = await collect(model, request, AbortSignal.timeout(200));
    assert.equal(error?.kind, 'aborted');
    assert.equal(records.length, 2);
  });

  it('records one that broke off, but none that was refused', async () => {
    const broken = await metered((response) => response.end(text));
    assert.equal((await collect(broken.model, request)).error?.kind, 'interrupted');
    assert.deepEqual(broken.records, [[undefined, undefined]]);
    await server?.dispose();
    const refused = await metered((response) => response.end(event({ error: { message: 'No.' } })));
    assert.ok((await collect(refused.model, request)).error);
    assert.deepEqual(refused.records, []);
  });
});
