/** OpenAI's own client against the emulator: DashScope's compatible mode, Qianfan v2 and a service without keys. */

import assert from 'node:assert/strict';
import OpenAI, { APIError } from 'openai';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { pngImage, toUrl } from '../../support/images.ts';
import { useLoopbackOnly } from './loopbackOnly.ts';

type Body = Omit<OpenAI.ChatCompletionCreateParams, 'stream'>;

const body: Body = { model: 'qwen-plus', messages: [{ role: 'user', content: '你好' }] };
const seen = [
  { role: 'user', content: [{ type: 'image_url', image_url: { url: toUrl(pngImage(20, 20)) } }] },
];
const pieces = ['你', '好，', '世界。'];
const call = { name: 'get_weather', arguments: '{"city":"北京","unit":"celsius"}' };

const services = {
  'DashScope compatible': { base: '/compatible-mode/v1', key: 'sk-test' },
  'Qianfan v2': { base: '/v2', key: 'bce-v3/ALTAK-test/secret' },
  'any other': { base: '/some/prefix/v1', key: 'whatever' },
};

describe('peer: openai', () => {
  useLoopbackOnly();
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false });
  });
  afterEach(() => emulator.dispose());

  for (const [name, { base, key }] of Object.entries(services)) {
    describe(name, () => {
      const create = (apiKey = key) =>
        new OpenAI({ apiKey, baseURL: emulator.origin + base, maxRetries: 0, adminAPIKey: null });

      it('reads an answer in one piece', async () => {
        emulator.script({ pieces, usage: { inputTokens: 2, outputTokens: 5 } });
        const completion = await create().chat.completions.create(body);
        assert.equal(completion.choices[0]?.message.content, pieces.join(''));
        assert.equal(completion.choices[0]?.finish_reason, 'stop');
        assert.equal(completion.usage?.total_tokens, 7);
      });

      it('reads a stream with its usage', async () => {
        emulator.script({ pieces, usage: { inputTokens: 2, outputTokens: 5 } });
        const stream = create().chat.completions.stream({ ...body, stream_options: { include_usage: true } });
        const texts: string[] = [];
        stream.on('content', (text) => texts.push(text));
        const completion = await stream.finalChatCompletion();
        assert.deepEqual(
          texts.filter((text) => text !== ''),
          pieces,
        );
        assert.equal(completion.choices[0]?.finish_reason, 'stop');
        assert.equal(completion.usage?.completion_tokens, 5);
      });

      it('joins tool calls of a stream', async () => {
        emulator.script({ pieces: [], toolCalls: [call, { ...call, name: 'get_time' }] });
        const completion = await create().chat.completions.stream(body).finalChatCompletion();
        const calls = completion.choices[0]?.message.tool_calls ?? [];
        assert.deepEqual(
          calls.map((made) => made.type === 'function' && made.function.arguments),
          [call.arguments, call.arguments],
        );
        assert.equal(completion.choices[0]?.finish_reason, 'tool_calls');
      });

      it('reads tool calls in one piece, and sends their results back', async () => {
        emulator.script({ pieces: [], toolCalls: [{ id: 'call_1', ...call }] });
        const first = await create().chat.completions.create(body);
        const message = first.choices[0]?.message;
        assert.ok(message?.content === null);
        emulator.script({ pieces });
        const second = await create().chat.completions.create({
          ...body,
          messages: [...body.messages, message, { role: 'tool', tool_call_id: 'call_1', content: '晴' }],
        });
        assert.equal(second.choices[0]?.message.content, pieces.join(''));
      });

      it('sends an image, and is told what came', async () => {
        const image_url = { url: toUrl(pngImage(280, 560)) };
        const completion = await create().chat.completions.create({
          model: 'ernie-4.5-turbo-vl',
          messages: [
            {
              role: 'user',
              content: [
                { type: 'image_url', image_url },
                { type: 'text', text: 'What is this?' },
              ],
            },
          ],
        });
        assert.match(completion.choices[0]?.message.content ?? '', /`image\/png`, 280 × 560 pixels/);
        assert.ok((completion.usage?.prompt_tokens ?? 0) > 202);
      });

      it('throws an error of the stream', async () => {
        emulator.script({
          pieces,
          error: { status: 429, code: 'limit_requests', message: 'slow', afterPieces: 2 },
        });
        const stream = create().chat.completions.stream(body);
        await assert.rejects(stream.finalChatCompletion(), /slow/);
      });

      it('lists the models', async () => {
        const ids = (await create().models.list()).data.map((model) => model.id);
        assert.ok(ids.length > 1);
      });
    });
  }

  const refused: [string, keyof typeof services, { key?: string; body?: object }, number, string][] = [
    ['a wrong key', 'DashScope compatible', { key: 'sk-invalid' }, 401, 'invalid_api_key'],
    ['a throttled key', 'DashScope compatible', { key: 'sk-throttled' }, 429, 'limit_requests'],
    ['no such model', 'DashScope compatible', { body: { model: 'no-such' } }, 404, 'model_not_found'],
    ['a temperature', 'DashScope compatible', { body: { temperature: 2 } }, 400, 'invalid_parameter_error'],
    [
      'thinking without a stream',
      'DashScope compatible',
      { body: { enable_thinking: true } },
      400,
      'invalid_parameter_error',
    ],
    ['a wrong key', 'Qianfan v2', { key: 'sk-test' }, 401, 'invalid_iam_token'],
    ['a throttled key', 'Qianfan v2', { key: 'bce-v3/ALTAK-throttled/x' }, 429, 'rpm_rate_limit_exceeded'],
    ['no such model', 'Qianfan v2', { body: { model: 'no-such' } }, 400, 'invalid_model'],
    ['an image', 'DashScope compatible', { body: { messages: seen } }, 400, 'invalid_parameter_error'],
    ['an image', 'Qianfan v2', { body: { messages: seen } }, 400, 'invalid_argument'],
    ['no messages', 'Qianfan v2', { body: { messages: [] } }, 400, 'invalid_messages'],
    ['a penalty', 'Qianfan v2', { body: { penalty_score: 3 } }, 400, 'invalid_argument'],
    ['a wrong key', 'any other', { key: 'sk-invalid' }, 401, 'invalid_api_key'],
    ['no such model', 'any other', { body: { model: 'no-such' } }, 404, 'model_not_found'],
  ];
  for (const [what, service, { key, body: changes }, status, code] of refused) {
    it(`${service}: is refused for ${what}`, async () => {
      const { base, key: usual } = services[service];
      const client = new OpenAI({ apiKey: key ?? usual, baseURL: emulator.origin + base, maxRetries: 0 });
      await assert.rejects(client.chat.completions.create({ ...body, ...changes }), (error) => {
        assert.ok(error instanceof APIError);
        assert.deepEqual([error.status, error.code], [status, code]);
        return true;
      });
    });
  }
});
