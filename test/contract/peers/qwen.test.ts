/** The AI SDK's community provider for Qwen against the emulator: DashScope's compatible mode. */

import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { type Call, createQwen } from '../../fixtures/peers/qwen.mjs';
import { useLoopbackOnly } from './loopbackOnly.ts';

const call: Call = {
  inputFormat: 'messages',
  mode: { type: 'regular' },
  prompt: [{ role: 'user', content: [{ type: 'text', text: '你好' }] }],
};
const pieces = ['你', '好，', '世界。'];

describe('peer: qwen-ai-provider', () => {
  useLoopbackOnly();
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  const model = (id = 'qwen-plus', apiKey = 'sk-test') =>
    createQwen({ apiKey, baseURL: `${emulator.origin}/compatible-mode/v1` }).chatModel(id);

  it('reads an answer in one piece', async () => {
    emulator.script({ pieces, reasoning: '想', usage: { inputTokens: 2, outputTokens: 5 } });
    const { text, reasoning, finishReason, usage } = await model().doGenerate(call);
    assert.deepEqual([text, reasoning, finishReason], [pieces.join(''), '想', 'stop']);
    assert.deepEqual(usage, { promptTokens: 2, completionTokens: 5 });
  });

  it('reads a stream', async () => {
    emulator.script({ pieces, reasoning: ['想', '想'] });
    const { stream } = await model().doStream(call);
    const parts = await collect(stream);
    const texts = (type: 'text-delta' | 'reasoning') =>
      parts.flatMap((part) => (part.type === type ? [part.textDelta] : []));
    assert.deepEqual(
      texts('text-delta').filter((text) => text !== ''),
      pieces,
    );
    assert.deepEqual(texts('reasoning'), ['想', '想']);
    assert.equal(parts.at(-1)?.type, 'finish');
  });

  it('joins a tool call of a stream', async () => {
    emulator.script({ pieces: [], toolCalls: [{ name: 'get_weather', arguments: '{"city":"北京"}' }] });
    const { stream } = await model().doStream(call);
    const made = (await collect(stream)).find((part) => part.type === 'tool-call');
    assert.deepEqual([made?.toolName, made?.args], ['get_weather', '{"city":"北京"}']);
  });

  const refused: [string, () => PromiseLike<unknown>, number, string][] = [
    ['its key is invalid', () => model('qwen-plus', 'sk-invalid').doGenerate(call), 401, 'invalid_api_key'],
    ['the model does not exist', () => model('no-such-model').doStream(call), 404, 'model_not_found'],
    [
      'a parameter is beyond its range',
      () => model().doGenerate({ ...call, temperature: 3 }),
      400,
      'invalid_parameter_error',
    ],
  ];
  for (const [what, ask, status, code] of refused) {
    // The client does not read the body of an error, but hands it on.
    it(`is told that ${what}`, () =>
      assert.rejects(
        async () => ask(),
        (error: { statusCode: number; responseBody: string }) => {
          assert.equal(error.statusCode, status);
          assert.equal(JSON.parse(error.responseBody).error.code, code);
          return true;
        },
      ));
  }
});

async function collect<Part>(stream: ReadableStream<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return parts;
}
