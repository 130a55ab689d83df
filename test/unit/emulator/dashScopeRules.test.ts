/** Every documented rule of DashScope requests, and the error that answers its breach. */

import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { generationPath, prompt, question, type Sending, send } from './client.ts';

const message = (role: string, content: unknown) => ({ role, content });
const messages = (list: unknown, model = 'qwen2-72b-instruct') => ({
  model,
  input: { messages: list },
  parameters: {},
});

/** Name, request, status, code, and the platform's words where they are published. */
const refused: [string, Sending, number, string, string?][] = [
  ['no key', { headers: { authorization: '' } }, 401, 'InvalidApiKey'],
  [
    'a key of another shape',
    { headers: { authorization: 'Bearer key' } },
    401,
    'InvalidApiKey',
    'Invalid API-key provided.',
  ],
  ['a key that is invalid', { headers: { authorization: 'Bearer sk-invalid' } }, 401, 'InvalidApiKey'],
  ['a coding subscription key', { headers: { authorization: 'Bearer sk-sp-1' } }, 401, 'InvalidApiKey'],
  ['a key without Bearer', { headers: { authorization: 'sk-test' } }, 401, 'InvalidApiKey'],
  ['an account in arrears', { headers: { authorization: 'Bearer sk-arrears' } }, 400, 'Arrearage'],
  ['GET', { method: 'GET', body: '' }, 400, 'InvalidParameter', "Request method 'GET' is not supported."],
  [
    'another service',
    { path: '/api/v1/services/aigc/multimodal-generation/generation' },
    400,
    'InvalidParameter',
    'url error, please check url！',
  ],
  ['an unknown path', { path: '/nowhere' }, 404, 'NotFound'],
  ['another content type', { headers: { 'content-type': 'text/plain' } }, 415, 'InvalidParameter'],
  [
    'broken JSON',
    { body: '{"model":' },
    400,
    'InvalidParameter',
    'Required body invalid, please check the request body format.',
  ],
  ['no model', { body: { input: { prompt: 'q' }, parameters: {} } }, 400, 'BadRequest.EmptyModel'],
  ['no such model', { body: question('q', {}, 'no-such-model') }, 404, 'ModelNotFound'],
  ['no input', { body: { model: 'qwen-7b-chat', parameters: {} } }, 400, 'BadRequest.EmptyInput'],
  [
    'neither prompt nor messages',
    { body: { model: 'qwen-7b-chat', input: {}, parameters: {} } },
    400,
    'InvalidParameter',
    'Either "prompt" or "messages" must exist and cannot both be none',
  ],
  [
    'prompt and messages',
    {
      body: {
        model: 'qwen-7b-chat',
        input: { prompt: 'q', messages: [message('user', 'q')] },
        parameters: {},
      },
    },
    400,
    'InvalidParameter',
  ],
  ['messages to baichuan-7b-v1', { body: question('q', {}, 'baichuan-7b-v1') }, 400, 'InvalidParameter'],
  ['a prompt to Yi', { body: prompt('q', {}, 'yi-large') }, 400, 'InvalidParameter'],
  ['an empty prompt', { body: prompt('', {}, 'qwen-7b-chat') }, 400, 'InvalidParameter'],
  [
    'a history that is none',
    { body: { model: 'qwen-7b-chat', input: { prompt: 'q', history: [{ user: 'a' }] } } },
    400,
    'InvalidParameter',
  ],
  ['no message at all', { body: messages([]) }, 400, 'InvalidParameter', '[] is too short'],
  [
    'a message that is none',
    { body: messages(['q']) },
    400,
    'InvalidParameter',
    'Input should be a valid dictionary or instance of GPT3Message',
  ],
  [
    'a message without content',
    { body: messages([{ role: 'user' }]) },
    400,
    'InvalidParameter',
    'The content field is a required field.',
  ],
  [
    'content in parts',
    { body: messages([message('user', [{ text: 'q' }])]) },
    400,
    'InvalidParameter',
    'input content must be a string.',
  ],
  [
    'empty content',
    { body: messages([message('user', '')]) },
    400,
    'InvalidParameter',
    'Role must be user or assistant and Content length must be greater than 0',
  ],
  [
    'an unknown role',
    { body: messages([message('bot', 'q')]) },
    400,
    'InvalidParameter',
    'Role must be user or assistant and Content length must be greater than 0',
  ],
  ['a tool role on a page model', { body: messages([message('tool', 'q')]) }, 400, 'InvalidParameter'],
  [
    'an answer as the last message',
    { body: messages([message('user', 'q'), message('assistant', 'a')]) },
    400,
    'InvalidParameter',
  ],
  [
    'a system message that is not first',
    { body: messages([message('user', 'q'), message('system', 's'), message('user', 'q')]) },
    400,
    'InvalidParameter',
  ],
  [
    'two questions in a row',
    { body: messages([message('user', 'q'), message('user', 'q')]) },
    400,
    'InvalidParameter',
  ],
  [
    'input that is too long',
    { body: question('字'.repeat(6200), {}, 'qwen-7b-chat') },
    400,
    'InvalidParameter',
    'Range of input length should be [1, 6144]',
  ],
  ['parameters that are no object', { body: { ...question('q'), parameters: [] } }, 400, 'InvalidParameter'],
  [
    'no parameters to a newer model',
    { body: { ...question('q', {}, 'qwen-plus'), parameters: undefined } },
    400,
    'BadRequest.EmptyParameters',
  ],
  [
    'message format for a Baichuan prompt',
    { body: prompt('q', { result_format: 'message' }, 'baichuan2-7b-chat-v1') },
    400,
    'InvalidParameter',
  ],
  [
    'thinking without streaming',
    { body: question('q', { enable_thinking: true }, 'qwen3-8b') },
    400,
    'InvalidParameter',
    'parameter.enable_thinking must be set to false for non-streaming calls',
  ],
  [
    'thinking without increments',
    { stream: true, body: question('q', { enable_thinking: true, incremental_output: false }, 'qwen3-8b') },
    400,
    'InvalidParameter',
    'The incremental_output parameter must be "true" when enable_thinking is true',
  ],
  [
    'tools in the text shape',
    { body: question('q', { tools: [{ function: { name: 'f' } }] }, 'qwen-plus') },
    400,
    'InvalidParameter',
  ],
];

/** Model, parameters, and the platform's words where they are published. */
const refusedParameters: [string, Record<string, unknown>, string?][] = [
  ['qwen2-7b-instruct', { temperature: 2 }, 'Temperature should be in [0.0, 2.0)'],
  ['qwen2-7b-instruct', { temperature: -0.1 }, 'Temperature should be in [0.0, 2.0)'],
  ['qwen2-7b-instruct', { temperature: '1' }, "'temperature' must be Float"],
  ['qwen2-7b-instruct', { top_p: 0 }],
  ['qwen2-7b-instruct', { top_p: 1 }],
  ['yi-large', { top_p: 1 }],
  ['qwen-plus', { top_p: 1.1 }, 'Range of top_p should be (0.0, 1.0]'],
  ['qwen2-7b-instruct', { top_k: -1 }, 'Parameter top_k be greater than or equal to 0'],
  ['qwen2-7b-instruct', { top_k: 1.5 }, "'top_k' must be Integer"],
  ['qwen2-7b-instruct', { repetition_penalty: 0 }, 'Repetition_penalty should be greater than 0.0'],
  ['qwen2-7b-instruct', { max_tokens: 6145 }, 'Range of max_tokens should be [1, 6144]'],
  ['qwen-7b-chat', { max_tokens: 1501 }, 'Range of max_tokens should be [1, 1500]'],
  ['qwen-72b-chat', { max_tokens: 2001 }, 'Range of max_tokens should be [1, 2000]'],
  ['yi-medium', { max_tokens: 0 }],
  ['qwen2-7b-instruct', { seed: -1 }],
  ['qwen-plus', { seed: -1 }, 'Range of seed should be [0, 9223372036854775807]'],
  ['qwen2-7b-instruct', { stop: ['a', 1] }],
  ['qwen2-7b-instruct', { result_format: 'json' }],
  ['qwen2-7b-instruct', { incremental_output: 'true' }],
  ['qwen2-7b-instruct', { incremental_output: true }],
  ['qwen-plus', { presence_penalty: 3 }, 'Presence_penalty should be in [-2.0, 2.0]'],
  ['qwen-plus', { n: 5 }, 'Range of n should be [1, 4]'],
  ['qwen-plus', { top_logprobs: 6 }],
  [
    'qwen-plus',
    { result_format: 'message', tools: [{ function: { name: 'search' } }] },
    'Tool names are not allowed to be [search]',
  ],
  ['qwen-plus', { tool_choice: 'any' }, 'tool_choice is one of the strings that should be ["none", "auto"]'],
];

const accepted: [string, Record<string, unknown>][] = [
  [
    'qwen2-7b-instruct',
    { temperature: 0, top_p: 0.99, top_k: 0, max_tokens: 6144, seed: 0, repetition_penalty: 1 },
  ],
  ['qwen2-7b-instruct', { top_k: null, stop: [[37763, 367]], seed: 2 ** 53, result_format: 'message' }],
  ['qwen2-7b-instruct', { stop: [37763, 367], top_k: 101, incremental_output: false }],
  ['yi-large', { temperature: 1.99, top_p: 0, max_tokens: 4000 }],
  ['baichuan2-7b-chat-v1', { result_format: 'message' }],
  ['qwen-plus', { top_p: 1, presence_penalty: -2, n: 4, enable_search: true }],
];

describe('emulator: DashScope rules', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  for (const [name, sending, status, code, words] of refused) {
    it(`refuses ${name}`, async () => {
      const reply = await send(emulator, sending);
      assert.equal(reply.headers['content-type'], 'application/json');
      assertRefused(reply, status, code, words);
    });
  }

  for (const [model, parameters, words] of refusedParameters) {
    it(`refuses ${JSON.stringify(parameters)} for ${model}`, async () => {
      assertRefused(
        await send(emulator, { body: question('q', parameters, model) }),
        400,
        'InvalidParameter',
        words,
      );
    });
  }

  for (const [model, parameters] of accepted) {
    it(`accepts ${JSON.stringify(parameters)} for ${model}`, async () => {
      const reply = await send(emulator, { body: question('q', parameters, model) });
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(emulator.requests[0]?.warnings, []);
    });
  }

  function assertRefused(
    reply: { status: number; text: string },
    status: number,
    code: string,
    words?: string,
  ) {
    assert.equal(reply.status, status, reply.text);
    const body = JSON.parse(reply.text);
    assert.deepEqual(Object.keys(body), ['code', 'message', 'request_id']);
    assert.equal(body.code, code);
    assert.equal(body.message, words ?? body.message);
    assert.equal(emulator.requests[0]?.refusal?.code, code);
  }

  it('refuses a request without an Authorization header in the documented words', async () => {
    const reply = await fetch(emulator.origin + generationPath, { method: 'POST', body: '{}' });
    assert.equal(reply.status, 401);
    assert.equal((await reply.json()).message, 'No API-key provided.');
  });

  it('accepts a conversation with a system message, and a prompt with history', async () => {
    const list = [
      message('system', 's'),
      message('user', 'q'),
      message('assistant', 'a'),
      message('user', 'q'),
    ];
    assert.equal((await send(emulator, { body: messages(list) })).status, 200);
    const input = { prompt: 'q', history: [{ user: 'q', bot: 'a' }] };
    const body = { model: 'qwen-7b-chat', input, parameters: {} };
    assert.equal((await send(emulator, { body })).status, 200);
  });

  it('leaves the order of Baichuan and Yi messages alone', async () => {
    const list = [message('user', 'q'), message('user', 'q')];
    assert.equal((await send(emulator, { body: messages(list, 'yi-large') })).status, 200);
  });

  it('accepts tool messages on newer models', async () => {
    const list = [
      message('user', 'q'),
      { role: 'assistant', content: '', tool_calls: [{ id: '1' }] },
      { role: 'tool', content: '4', tool_call_id: '1' },
    ];
    assert.equal((await send(emulator, { body: messages(list, 'qwen-plus') })).status, 200);
  });

  it('notes what no page lists, and tolerates it', async () => {
    const body = { ...question('q', { stream: true, top_k: 5 }, 'yi-large'), stream: true };
    assert.equal((await send(emulator, { body })).status, 200);
    assert.deepEqual(emulator.requests[0]?.warnings, [
      'stream is not a documented member of the body',
      "parameters.stream is not on the model's page",
      "parameters.top_k is not on the model's page",
    ]);
  });

  it('lets Yi go without parameters and notes their absence for the others', async () => {
    await send(emulator, { body: { ...question('q', {}, 'yi-large'), parameters: undefined } });
    await send(emulator, { body: { ...question('q'), parameters: undefined } });
    assert.deepEqual(
      emulator.requests.map((request) => request.warnings),
      [[], ['parameters is missing']],
    );
  });

  const switches: Record<string, string>[] = [
    { 'x-dashscope-sse': 'enable' },
    { accept: 'text/event-stream' },
  ];
  for (const headers of switches) {
    it(`streams for ${JSON.stringify(headers)}`, async () => {
      emulator.script({ text: 'a' });
      assert.match((await send(emulator, { headers })).text, /^id:1\nevent:result\n/);
    });
  }

  it('answers a refused stream request with a status and JSON', async () => {
    const reply = await send(emulator, { stream: true, body: question('') });
    assertRefused(reply, 400, 'InvalidParameter');
  });
});

describe('emulator: options that change the rules', () => {
  it('knows only the keys it was given', async () => {
    await using emulator = await disposable({ apiKeys: ['sk-mine'], pace: 0 });
    assert.equal((await send(emulator)).status, 401);
    assert.equal((await send(emulator, { headers: { authorization: 'Bearer sk-mine' } })).status, 200);
  });

  it('asks for a workspace', async () => {
    await using emulator = await disposable({ requireWorkspace: 'ws_1', pace: 0 });
    const reply = await send(emulator);
    assert.equal(reply.status, 403);
    assert.equal(JSON.parse(reply.text).code, 'Workspace.AccessDenied');
    assert.equal((await send(emulator, { headers: { 'x-dashscope-workspace': 'ws_1' } })).status, 200);
  });

  it('knows only the models of the pages', async () => {
    await using emulator = await disposable({ models: 'catalog', pace: 0 });
    assert.equal((await send(emulator, { body: question('q', {}, 'qwen-plus') })).status, 404);
    assert.equal((await send(emulator)).status, 200);
  });

  it('serves behind a path prefix', async () => {
    await using emulator = await disposable({ pathPrefix: '/proxy', pace: 0 });
    assert.equal((await send(emulator, { path: `/proxy${generationPath}` })).status, 200);
  });

  it('tells refused stream requests as an event, or as an event labelled JSON', async () => {
    const body = question('');
    await using asEvent = await disposable({ streamErrorFraming: 'event' });
    const event = await send(asEvent, { stream: true, body });
    assert.equal(event.status, 200);
    assert.equal(event.headers['content-type'], 'text/event-stream;charset=UTF-8');
    assert.match(
      event.text,
      /^id:1\nevent:error\n:HTTP_STATUS\/400\ndata:{"code":"InvalidParameter",.*}\n\n$/,
    );
    await using asSse = await disposable({ streamErrorFraming: 'sse' });
    const labelled = await send(asSse, { stream: true, body });
    assert.equal(labelled.status, 400);
    assert.equal(labelled.headers['content-type'], 'application/json');
    assert.match(labelled.text, /^id:1\nevent:error\n/);
    assert.match((await send(asSse, { body })).text, /^{"code":/);
  });
});

async function disposable(options: Parameters<typeof startEmulator>[0]) {
  const emulator = await startEmulator(options);
  return Object.assign(emulator, { [Symbol.asyncDispose]: () => emulator.dispose() });
}
