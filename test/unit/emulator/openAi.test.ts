/** OpenAI-compatible chat as the emulator stands in for it: addresses, keys, rules and chunks of each dialect. */

import assert from 'node:assert/strict';
import {
  type Emulator,
  type EmulatorOptions,
  type ScriptStep,
  startEmulator,
} from '../../../src/emulator/index.ts';
import { dataOf, type Sending, send } from './client.ts';

const message = (role: string, content: unknown = 'q', more = {}) => ({ role, content, ...more });
const body = (more: object = {}) => ({ model: 'm', messages: [message('user')], ...more });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

interface Service {
  path: string;
  key: string;
  /** Code and status of a breach: of the body's form, a message, a parameter, an unknown model. */
  codes: { json: string; messages: string; parameter: string; model: [number, string] };
}

const services: Record<string, Service> = {
  'DashScope compatible': {
    path: '/compatible-mode/v1',
    key: 'sk-test',
    codes: {
      json: 'invalid_parameter_error',
      messages: 'invalid_parameter_error',
      parameter: 'invalid_parameter_error',
      model: [404, 'model_not_found'],
    },
  },
  'Qianfan v2': {
    path: '/v2',
    key: 'bce-v3/ALTAK-test/secret',
    codes: {
      json: 'malformed_json',
      messages: 'invalid_messages',
      parameter: 'invalid_argument',
      model: [400, 'invalid_model'],
    },
  },
  generic: {
    path: '/any/prefix/v1',
    key: 'whatever',
    codes: {
      json: 'invalid_json',
      messages: 'invalid_value',
      parameter: 'invalid_value',
      model: [404, 'model_not_found'],
    },
  },
};

const badMessages: [string, unknown][] = [
  ['none', undefined],
  ['an empty list', []],
  ['a text', 'q'],
  ['a message that is none', ['q']],
  ['an unknown role', [message('bot')]],
  ['no content', [{ role: 'user' }]],
  ['blank content', [message('user', ' ')]],
  ['parts that are none', [message('user', [{ text: 'q' }])]],
  ['an answer last', [message('user'), message('assistant')]],
  [
    'an image that is none',
    [message('user', [{ type: 'image_url', image_url: { url: 'data:image/png,x' } }])],
  ],
  [
    'an image in a result of a tool',
    [
      message('user'),
      message('tool', [{ type: 'image_url', image_url: { url: 'https://a.cn' } }], { tool_call_id: '1' }),
    ],
  ],
  ['a tool result without an id', [message('user'), message('tool')]],
  [
    'a tool call without a function',
    [message('user'), message('assistant', null, { tool_calls: [{ id: '1' }] }), message('user')],
  ],
];

const badParameters: object[] = [
  { temperature: 2.1 },
  { top_p: 1.1 },
  { max_tokens: 0 },
  { stream: 'yes' },
  { stop: ['1', '2', '3', '4', '5'] },
  { presence_penalty: 3 },
  { stream_options: { include_usage: true } },
  { tools: [{ type: 'function', function: {} }] },
  { tool_choice: 'maybe' },
];

const badKeys: [string, Sending['headers'], number, string][] = [
  ['DashScope compatible', bearer('sk-sp-coding'), 401, 'invalid_api_key'],
  ['DashScope compatible', bearer('sk-arrears'), 400, 'Arrearage'],
  ['DashScope compatible', bearer('sk-free-tier'), 429, 'insufficient_quota'],
  ['DashScope compatible', bearer('bce-v3/ALTAK-test/secret'), 401, 'invalid_api_key'],
  ['Qianfan v2', bearer('sk-test'), 401, 'invalid_iam_token'],
  ['Qianfan v2', bearer('bce-v3/ALTAK-denied/x'), 401, 'invalid_model'],
  ['Qianfan v2', bearer('bce-v3/ALTAK-throttled/x'), 429, 'rpm_rate_limit_exceeded'],
  ['generic', { authorization: 'whatever' }, 401, 'invalid_api_key'],
  ['generic', bearer('sk-throttled'), 429, 'rate_limit_exceeded'],
];

describe('emulator: OpenAI-compatible', () => {
  let emulator: Emulator;
  const start = async (options: EmulatorOptions = {}) => {
    emulator = await startEmulator({ pace: 0, ...options });
  };
  beforeEach(() => start());
  afterEach(() => emulator.dispose());

  const chat = (name: string, more: object = {}, sending: Sending = {}) => {
    const { path, key } = services[name] ?? { path: '', key: '' };
    return send(emulator, {
      path: `${path}/chat/completions`,
      headers: bearer(key),
      body: body(more),
      ...sending,
    });
  };
  const stream = async (step: ScriptStep, more: object = {}, name = 'generic') => {
    emulator.script({ requestId: 'id', ...step });
    return dataOf((await chat(name, { stream: true, ...more })).text).map(Object);
  };
  const deltas = (chunks: { choices?: { delta: object }[] }[]) =>
    chunks.flatMap((chunk) => chunk.choices?.map(({ delta }) => delta) ?? []);

  for (const [name, { codes, path, key }] of Object.entries(services)) {
    describe(name, () => {
      const assertRefused = (reply: { status: number; text: string }, status: number, code: string) => {
        assert.equal(reply.status, status, reply.text);
        assert.equal(JSON.parse(reply.text).error.code, code);
      };

      for (const [what, messages] of badMessages) {
        it(`refuses messages: ${what}`, async () =>
          assertRefused(await chat(name, { messages }), 400, codes.messages));
      }
      for (const parameters of badParameters) {
        it(`refuses ${JSON.stringify(parameters)}`, async () =>
          assertRefused(await chat(name, parameters), 400, codes.parameter));
      }
      it('refuses broken JSON, no model, a model that does not exist', async () => {
        assertRefused(await chat(name, {}, { body: '{' }), 400, codes.json);
        assert.equal((await chat(name, { model: undefined })).status, 400);
        assertRefused(await chat(name, { model: 'no-such-model' }), ...codes.model);
      });
      it('refuses GET and no key', async () => {
        assert.equal((await chat(name, {}, { method: 'GET', body: '' })).status, 405);
        assert.equal((await chat(name, {}, { headers: { authorization: '' } })).status, 401);
      });
      it('accepts a conversation with images and tools', async () => {
        const call = { id: '1', type: 'function', function: { name: 'f', arguments: '' } };
        const messages = [
          message('system'),
          message('user', [
            { type: 'text', text: 'q' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          ]),
          message('assistant', null, { tool_calls: [call] }),
          message('tool', '', { tool_call_id: '1' }),
        ];
        const parameters = { temperature: 0, max_tokens: 5, stop: ['x'], seed: null };
        const reply = await chat(name, { model: 'some-vl', messages, ...parameters });
        assert.equal(reply.status, 200, reply.text);
        assert.deepEqual(emulator.requests[0]?.warnings, []);
      });
      it('knows the given keys alone', async () => {
        await emulator.dispose();
        await start({ apiKeys: ['sk-mine'] });
        assert.equal((await chat(name)).status, 401);
        assert.equal((await chat(name, {}, { headers: bearer('sk-mine') })).status, 200);
      });
      it('lists models, with the key alone', async () => {
        const list = (headers: Sending['headers']) =>
          send(emulator, { method: 'GET', path: `${path}/models`, headers, body: '' });
        const { object, data } = JSON.parse((await list(bearer(key))).text);
        assert.equal(object, 'list');
        assert.ok(data.every(({ id }: { id: unknown }) => typeof id === 'string'));
        assert.equal((await list({ authorization: '' })).status, 401);
      });
      it('plays the demo, whole and streamed', async () => {
        const messages = [message('user', '桥')];
        const whole = JSON.parse((await chat(name, { messages })).text);
        assert.match(whole.choices[0].message.content, /桥/);
        const streamed = await stream({}, { messages, stream_options: { include_usage: true } }, name);
        const text = deltas(streamed).map((delta) => Object(delta).content ?? '');
        assert.match(text.join(''), /桥.*`m`/s);
        assert.ok(streamed.at(-2)?.usage.total_tokens > 0);
      });
      it('thinks in the demo when asked to', async () => {
        const streamed = await stream({}, { enable_thinking: true }, name);
        assert.ok(deltas(streamed).some((delta) => 'reasoning_content' in delta));
      });
    });
  }

  for (const [name, headers, status, code] of badKeys) {
    it(`${name}: answers the key ${headers?.authorization} with ${code}`, async () => {
      const reply = await chat(name, {}, { headers });
      assert.deepEqual([reply.status, JSON.parse(reply.text).error.code], [status, code]);
    });
  }

  it('words errors as each service does', async () => {
    const keys = async (name: string) => {
      const error = JSON.parse((await chat(name, { messages: [] })).text);
      return [Object.keys(error), Object.keys(error.error)];
    };
    assert.deepEqual(await keys('DashScope compatible'), [
      ['error', 'id', 'request_id'],
      ['message', 'type', 'param', 'code'],
    ]);
    assert.deepEqual(await keys('Qianfan v2'), [
      ['error', 'id'],
      ['code', 'message', 'type'],
    ]);
    assert.deepEqual(await keys('generic'), [['error'], ['message', 'type', 'param', 'code']]);
  });

  it('keeps the services’ own rules', async () => {
    const status = async (name: string, more: object) => (await chat(name, more)).status;
    assert.equal(await status('generic', { temperature: 2 }), 200);
    assert.equal(await status('DashScope compatible', { temperature: 2 }), 400);
    assert.equal(await status('DashScope compatible', { top_p: 0 }), 400);
    assert.equal(await status('DashScope compatible', { enable_thinking: true }), 400);
    assert.equal(await status('Qianfan v2', { penalty_score: 2.1 }), 400);
    assert.equal(await status('Qianfan v2', { stop: ['x'.repeat(21)] }), 400);
    assert.equal(await status('Qianfan v2', { messages: [message('developer'), message('user')] }), 400);
  });

  it('needs no key when told so, but judges one that is sent', async () => {
    await emulator.dispose();
    await start({ requireKey: false });
    const ask = (headers: Record<string, string>) => fetch(`${emulator.origin}/v1/models`, { headers });
    assert.equal((await ask({})).status, 200);
    assert.equal((await ask(bearer('sk-invalid'))).status, 401);
  });

  it('lists the models it is given', async () => {
    await emulator.dispose();
    await start({ modelList: ['a', 'b'] });
    const reply = await send(emulator, { method: 'GET', path: '/v1/models', body: '' });
    assert.deepEqual(
      JSON.parse(reply.text).data.map(({ id }: { id: string }) => id),
      ['a', 'b'],
    );
  });

  describe('streams', () => {
    it('open with the role and end with a finish, the usage and [DONE]', async () => {
      const chunks = await stream(
        { pieces: ['a', 'b'], usage: { inputTokens: 2, outputTokens: 5 } },
        { stream_options: { include_usage: true } },
      );
      assert.deepEqual(
        chunks.map((chunk) => [chunk.choices?.[0]?.delta, chunk.choices?.[0]?.finish_reason, chunk.usage]),
        [
          [{ role: 'assistant', content: '' }, null, null],
          [{ content: 'a' }, null, null],
          [{ content: 'b' }, null, null],
          [{}, 'stop', null],
          [undefined, undefined, { prompt_tokens: 2, completion_tokens: 5, total_tokens: 7 }],
          [undefined, undefined, undefined],
        ],
      );
      assert.equal(String(chunks.at(-1)), '[DONE]');
    });

    it('say nothing of usage unless asked, or as a step says', async () => {
      const usage = { inputTokens: 2, outputTokens: 2 };
      const counts = async (step: ScriptStep) =>
        (await stream({ pieces: ['a', 'b'], usage, ...step })).map((chunk) => chunk.usage?.total_tokens);
      assert.deepEqual(await counts({}), Array(5).fill(undefined));
      assert.deepEqual(await counts({ usageOn: 'finish' }), [undefined, undefined, undefined, 4, undefined]);
      assert.deepEqual(await counts({ usageOn: 'every' }), [undefined, 3, 4, 4, undefined]);
    });

    it('count on every chunk when Qianfan is asked to', async () => {
      const options = { stream_options: { include_usage: true, chunk_include_usage: true } };
      const chunks = await stream({ pieces: ['a'] }, options, 'Qianfan v2');
      const counted = chunks.map((chunk) => typeof chunk.usage?.total_tokens === 'number');
      assert.deepEqual(counted, [false, true, true, true, false]);
    });

    const reasonings: [ScriptStep['reasoningAs'], object[]][] = [
      [
        undefined,
        [
          { content: null, reasoning_content: 'r' },
          { content: null, reasoning_content: 's' },
        ],
      ],
      [
        'reasoning',
        [
          { content: null, reasoning: 'r' },
          { content: null, reasoning: 's' },
        ],
      ],
      ['think-tag', [{ content: '<think>\nr' }, { content: 's\n</think>\n\n' }]],
    ];
    for (const [reasoningAs, expected] of reasonings) {
      it(`reason in ${reasoningAs ?? 'reasoning_content'}`, async () => {
        const chunks = await stream({ reasoning: ['r', 's'], pieces: ['a'], reasoningAs });
        assert.deepEqual(deltas(chunks).slice(1, 3), expected);
      });
    }

    const toolCalls = [
      { id: 'one', name: 'f', arguments: '{"city":"北京"}' },
      { id: 'two', name: 'g', arguments: '' },
    ];
    const pieceOf = (later: object, text: string) => ({
      tool_calls: [{ index: 0, ...later, function: { arguments: text } }],
    });
    const opening = (index: number, id: string, name: string) => ({
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
    });
    for (const [name, later] of [
      ['generic', {}],
      ['DashScope compatible', { id: '', type: 'function' }],
    ] as const) {
      it(`call tools in several pieces: ${name}`, async () => {
        const chunks = await stream({ pieces: [], toolCalls }, {}, name);
        assert.deepEqual(deltas(chunks).slice(1, -1), [
          opening(0, 'one', 'f'),
          pieceOf(later, '{"city":'),
          pieceOf(later, '"北京"}'),
          opening(1, 'two', 'g'),
        ]);
        assert.equal(chunks.at(-2)?.choices[0].finish_reason, 'tool_calls');
      });
    }

    it('leave out what a step says', async () => {
      const chunks = await stream({ pieces: ['a'], omit: ['start', 'finish', 'done'] });
      assert.deepEqual(deltas(chunks), [{ content: 'a' }]);
    });

    it('break off with an error, and may end as if nothing had happened', async () => {
      const error = { status: 500, code: 'c', message: 'm', afterPieces: 1 };
      const broken = await stream({ pieces: ['a', 'b'], error });
      assert.deepEqual(broken.at(-1)?.error, {
        message: 'm',
        type: 'server_error',
        param: null,
        code: 'c',
      });
      const ended = await stream({ pieces: ['a', 'b'], error: { ...error, thenDone: true } });
      assert.deepEqual([ended.at(-2)?.error.code, String(ended.at(-1))], ['c', '[DONE]']);
    });

    it('carry Qianfan’s verdict with the finish', async () => {
      const moderation = { flag: 4, banRound: -1, needClearHistory: true };
      const [finish] = (await stream({ pieces: ['a'], moderation }, {}, 'Qianfan v2')).slice(-2);
      const { flag, ban_round, need_clear_history } = finish.choices[0];
      assert.deepEqual([flag, ban_round, need_clear_history], [4, -1, true]);
    });
  });

  it('puts reasoning and tool calls into an answer in one piece', async () => {
    emulator.script({ reasoning: 'r', pieces: [], toolCalls: [{ id: '1', name: 'f', arguments: '{}' }] });
    const { message: said, finish_reason } = JSON.parse((await chat('generic')).text).choices[0];
    assert.deepEqual(said, {
      role: 'assistant',
      content: null,
      reasoning_content: 'r',
      tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{}' } }],
    });
    assert.equal(finish_reason, 'tool_calls');
  });

  it('cuts the demo at max_tokens', async () => {
    const { finish_reason } = JSON.parse((await chat('generic', { max_tokens: 5 })).text).choices[0];
    assert.equal(finish_reason, 'length');
  });
});
