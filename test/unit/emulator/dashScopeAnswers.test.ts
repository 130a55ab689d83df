/** The bytes of DashScope answers, as the vendor pages show them. */

import assert from 'node:assert/strict';
import { type Emulator, type ScriptStep, startEmulator } from '../../../src/emulator/index.ts';
import { prompt, question, send } from './client.ts';

const step: ScriptStep = { pieces: ['最近', '的公园'], requestId: 'r-1' };
const incremental = { incremental_output: true, result_format: 'message' };

describe('emulator: DashScope answers', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  it('streams the whole text so far in the text shape by default', async () => {
    emulator.script(step);
    const reply = await send(emulator, { stream: true, body: question('哪个') });
    assert.equal(reply.headers['content-type'], 'text/event-stream;charset=UTF-8');
    assert.equal(reply.headers['x-request-id'], 'r-1');
    assert.equal(
      reply.text,
      `id:1
event:result
:HTTP_STATUS/200
data:{"output":{"finish_reason":"null","text":"最近"},"usage":{"output_tokens":2,"input_tokens":2},"request_id":"r-1"}

id:2
event:result
:HTTP_STATUS/200
data:{"output":{"finish_reason":"null","text":"最近的公园"},"usage":{"output_tokens":5,"input_tokens":2},"request_id":"r-1"}

id:3
event:result
:HTTP_STATUS/200
data:{"output":{"finish_reason":"stop","text":"最近的公园"},"usage":{"output_tokens":5,"input_tokens":2},"request_id":"r-1"}

`,
    );
  });

  it('streams increments with an empty last frame in the message shape', async () => {
    emulator.script(step);
    const reply = await send(emulator, { stream: true, body: question('哪个', incremental, 'qwen-plus') });
    assert.equal(
      reply.text,
      `id:1
event:result
:HTTP_STATUS/200
data:{"output":{"choices":[{"message":{"content":"最近","role":"assistant"},"finish_reason":"null"}]},"usage":{"total_tokens":4,"input_tokens":2,"output_tokens":2},"request_id":"r-1"}

id:2
event:result
:HTTP_STATUS/200
data:{"output":{"choices":[{"message":{"content":"的公园","role":"assistant"},"finish_reason":"null"}]},"usage":{"total_tokens":7,"input_tokens":2,"output_tokens":5},"request_id":"r-1"}

id:3
event:result
:HTTP_STATUS/200
data:{"output":{"choices":[{"message":{"content":"","role":"assistant"},"finish_reason":"stop"}]},"usage":{"total_tokens":7,"input_tokens":2,"output_tokens":5},"request_id":"r-1"}

`,
    );
  });

  it('lays out Baichuan messages as its page does', async () => {
    emulator.script({ ...step, times: 2 });
    const body = question('q', { result_format: 'message' }, 'baichuan2-13b-chat-v1');
    const streamed = await send(emulator, { stream: true, body });
    assert.ok(
      streamed.text.includes(
        'data:{"output":{"text":null,"finish_reason":null,"choices":[{"finish_reason":"null","message":{"role":"assistant","content":"最近","content_type":"text"}}]}',
      ),
    );
    const whole = await send(emulator, { body });
    assert.equal(
      whole.text,
      '{"output":{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content_type":"text","content":"最近的公园"}}]},"usage":{"output_tokens":5,"input_tokens":1},"request_id":"r-1"}',
    );
  });

  it('gives baichuan-7b-v1 text and no counts', async () => {
    emulator.script(step);
    const reply = await send(emulator, { body: prompt('q', {}, 'baichuan-7b-v1') });
    assert.equal(
      reply.text,
      '{"output":{"finish_reason":"stop","text":"最近的公园"},"usage":{},"request_id":"r-1"}',
    );
  });

  it('answers Yi in the message shape with totals whatever was asked', async () => {
    emulator.script({ ...step, usage: { inputTokens: 8, outputTokens: 7 } });
    const reply = await send(emulator, { body: question('你好', {}, 'yi-large') });
    assert.equal(reply.headers['content-type'], 'application/json');
    assert.equal(
      reply.text,
      '{"output":{"choices":[{"message":{"content":"最近的公园","role":"assistant"},"index":0,"finish_reason":"stop"}]},"usage":{"total_tokens":15,"input_tokens":8,"output_tokens":7},"request_id":"r-1"}',
    );
  });

  it('streams reasoning before the text', async () => {
    emulator.script({ ...step, reasoning: ['想'] });
    const reply = await send(emulator, {
      stream: true,
      body: question('q', { ...incremental, enable_thinking: true }, 'qwen3-32b'),
    });
    assert.match(reply.text, /^id:1\n.*\n.*\ndata:.*"content":"","reasoning_content":"想"/);
    assert.match(reply.text, /id:2\n.*\n.*\ndata:.*"content":"最近","role"/);
  });

  it('gives the newest families messages and increments by default', async () => {
    emulator.script(step);
    const reply = await send(emulator, { stream: true, body: question('q', {}, 'qwen3-max') });
    assert.match(reply.text, /"content":"的公园"/);
  });

  it('can revise earlier words in cumulative frames', async () => {
    emulator.script({ snapshots: ['red', 'blue'], times: 2 });
    const streamed = await send(emulator, { stream: true });
    assert.deepEqual(texts(streamed.text), ['red', 'blue', 'blue']);
    const whole = await send(emulator);
    assert.equal(JSON.parse(whole.text).output.text, 'blue');
  });

  it('forces a shape, a finish reason and leaves usage out when the script says so', async () => {
    emulator.script({ ...step, resultFormat: 'text', finishReason: 'length', usage: null });
    const reply = await send(emulator, { body: question('q', { result_format: 'message' }) });
    assert.equal(reply.text, '{"output":{"finish_reason":"length","text":"最近的公园"},"request_id":"r-1"}');
  });

  it('cuts at max_tokens and before stop texts', async () => {
    emulator.script({ text: '一二三四五六', obeyParameters: true, times: 2 });
    const cut = JSON.parse((await send(emulator, { body: question('q', { max_tokens: 4 }) })).text);
    assert.deepEqual(cut.output, { finish_reason: 'length', text: '一二三四' });
    assert.equal(cut.usage.output_tokens, 4);
    const stopped = JSON.parse((await send(emulator, { body: question('q', { stop: ['五', '三'] }) })).text);
    assert.deepEqual(stopped.output, { finish_reason: 'stop', text: '一二' });
  });

  it('answers a connection test of one token', async () => {
    const reply = JSON.parse((await send(emulator, { body: question('hi', { max_tokens: 1 }) })).text);
    assert.equal(reply.output.finish_reason, 'length');
    assert.ok(reply.output.text.length > 0);
  });

  it('stops Yi at its default of 100 tokens', async () => {
    const reply = JSON.parse((await send(emulator, { body: question('hi', {}, 'yi-medium') })).text);
    assert.equal(reply.output.choices[0].finish_reason, 'length');
    assert.equal(reply.usage.output_tokens, 100);
  });
});

const texts = (stream: string): string[] =>
  [...stream.matchAll(/^data:(.*)$/gm)].map(([, data = '']) => JSON.parse(data).output.text);
