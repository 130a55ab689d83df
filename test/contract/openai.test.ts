import assert from 'node:assert/strict';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import type { ChatRequest } from '../../src/llm/chatModel.ts';
import { createChatModel, type OpenAIConnection } from '../../src/providers/index.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { type Collected, collect } from '../support/collect.ts';

const question: ChatRequest = { messages: [{ role: 'user', content: '你好 🌉' }] };
const places: [name: string, path: string, apiKey: string | undefined, dialect?: 'qianfan'][] = [
  ['a server on this machine', '/v1', undefined],
  ['Qianfan v2', '/v2', 'bce-v3/ALTAK-demo/0123456789', 'qianfan'],
  ['DashScope, compatible mode', '/compatible-mode/v1', 'sk-test-0123456789'],
];

describe('OpenAI-compatible services against the emulator', () => {
  let emulator: Emulator;
  const start = async (options: EmulatorOptions = {}): Promise<void> => {
    await emulator?.dispose();
    emulator = await startEmulator({ pace: 0, requireKey: false, ...options });
  };
  beforeEach(() => start());
  afterEach(() => emulator.dispose());

  const ask = (
    request: Partial<ChatRequest> = {},
    connection: Partial<OpenAIConnection> = {},
  ): Promise<Collected> => {
    const model = createChatModel(
      { protocol: 'openai', baseUrl: `${emulator.origin}/v1`, apiKey: 'sk-test-0123456789', ...connection },
      'qwen-plus',
    );
    return collect(model, { ...question, ...request });
  };
  const sse = (...chunks: (object | string)[]): string =>
    chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join('');
  const replay = (body: string, type = 'text/event-stream'): Promise<Collected> => {
    emulator.script({ response: { headers: { 'content-type': type }, body } });
    return ask();
  };
  const content = (text: string, more: object = {}): object => ({
    id: 'c-1',
    choices: [{ index: 0, delta: { content: text, ...more }, finish_reason: null }],
  });
  const finish = (reason = 'stop'): object => ({
    id: 'c-1',
    choices: [{ index: 0, delta: {}, finish_reason: reason }],
  });

  for (const [name, path, apiKey, dialect] of places) {
    for (const stream of [true, false]) {
      it(`${name}, ${stream ? 'streamed' : 'in one piece'}`, async () => {
        emulator.script({ text: '第一段\n\n尾声 👨‍👩‍👧', reasoning: 'hm' });
        const got = await ask(
          { parameters: { stream, temperature: 0.5 } },
          { baseUrl: emulator.origin + path, apiKey, dialect },
        );
        assert.equal(got.error, undefined, got.error?.message);
        assert.deepEqual(
          [got.text, got.reasoning, got.finish?.reason],
          ['第一段\n\n尾声 👨‍👩‍👧', 'hm', 'stop'],
        );
        assert.ok(got.finish?.usage?.totalTokens);
        assert.deepEqual(emulator.requests[0]?.warnings, []);
        assert.equal(emulator.requests[0]?.headers.authorization, apiKey && `Bearer ${apiKey}`);
      });
    }
  }

  it('names the repetition penalty as Qianfan does', async () => {
    await ask(
      { parameters: { repetitionPenalty: 1.2 } },
      { baseUrl: `${emulator.origin}/v2`, apiKey: 'bce-v3/ALTAK-demo/0123456789', dialect: 'qianfan' },
    );
    assert.equal(JSON.parse(emulator.requests[0]?.bodyText ?? '').penalty_score, 1.2);
  });

  it('calls tools', async () => {
    emulator.script({
      toolCalls: [
        { name: 'read', arguments: '{"path":"a.ts"}' },
        { name: 'list', arguments: '' },
      ],
    });
    const tools = ['read', 'list'].map((name) => ({
      name,
      description: name,
      inputSchema: { type: 'object', properties: {} },
    }));
    const got = await ask({ tools });
    const calls = got.parts.filter((part) => part.type === 'tool-call');
    assert.deepEqual(
      calls.map((call) => [call.name, call.arguments]),
      [
        ['read', '{"path":"a.ts"}'],
        ['list', '{}'],
      ],
    );
    assert.equal(got.finish?.reason, 'tool-calls');
  });

  it('finishes with a reason, with [DONE], and with usage in a chunk of its own', async () => {
    const usage = { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } };
    assert.equal((await replay(sse(content('a'), finish()))).finish?.reason, 'stop');
    assert.equal((await replay(sse(content('a'), '[DONE]'))).finish?.reason, 'stop');
    assert.deepEqual((await replay(sse(content('a'), finish('length'), usage, '[DONE]'))).finish?.usage, {
      inputTokens: 3,
      outputTokens: 2,
      totalTokens: 5,
    });
    assert.equal((await replay(sse(content('a')))).error?.kind, 'interrupted');
  });

  it('takes reasoning from its members and from a think tag at the beginning', async () => {
    assert.equal((await replay(sse(content('', { reasoning: 'r' }), content('a'), finish()))).reasoning, 'r');
    const pieces = ['<thi', 'nk>why', ' not</th', 'ink>\n\nThe answer <think>', ' stays.'];
    const got = await replay(sse(...pieces.map((piece) => content(piece)), finish()));
    assert.deepEqual([got.reasoning, got.text], ['why not', 'The answer <think> stays.']);
    assert.equal((await replay(sse(content('<'), content('b> no tag'), finish()))).text, '<b> no tag');
  });

  it('obeys the flags of Qianfan v2', async () => {
    const flagged = (text: string, flag: number): object => ({
      id: 'as-1',
      choices: [{ index: 0, delta: { content: text }, flag, finish_reason: null }],
    });
    const low = await replay(sse(flagged('ok', 1), finish()));
    assert.deepEqual([low.text, low.finish?.reason], ['ok', 'stop']);
    const refused = await replay(sse(flagged('Let us talk of something else.', 2), finish()));
    assert.deepEqual(
      [refused.text, refused.finish?.reason],
      ['Let us talk of something else.', 'content-filter'],
    );
    const hidden = await replay(sse(content('fine '), flagged('not for you', 3), finish()));
    assert.deepEqual([hidden.text, hidden.finish?.reason], ['fine ', 'content-filter']);
    const withdrawn = await replay(sse(content('shown'), flagged('', 4), finish()));
    assert.deepEqual([withdrawn.text, withdrawn.finish?.reason], ['', 'content-filter']);
  });

  it('lets an error in mid-stream win over [DONE], keeping the text', async () => {
    const got = await replay(
      sse(content('half'), { error: { message: 'busy', code: 'rate_limit_exceeded' } }, '[DONE]'),
    );
    assert.deepEqual(
      [got.text, got.error?.kind, got.error?.code],
      ['half', 'rate-limited', 'rate_limit_exceeded'],
    );
    const leaked = await replay(
      `data: ${JSON.stringify(content('half'))}\n\nevent: error\ndata: {"code":"DataInspectionFailed","message":"m","request_id":"r"}\n\n`,
    );
    assert.deepEqual(
      [leaked.text, leaked.error?.kind, leaked.error?.requestId],
      ['half', 'content-filtered', 'r'],
    );
  });

  const errors: [status: number, body: object, kind: ChatErrorKind, code: string | undefined][] = [
    [
      400,
      { error: { code: 'malformed_json', message: 'm' }, id: 'as-1' },
      'invalid-request',
      'malformed_json',
    ],
    [400, { error: { code: 'invalid_messages', message: 'm' } }, 'invalid-request', 'invalid_messages'],
    [
      400,
      { error: { code: 'characters_too_long', message: 'm' } },
      'context-too-long',
      'characters_too_long',
    ],
    [400, { error: { code: 'tokens_too_long', message: 'm' } }, 'context-too-long', 'tokens_too_long'],
    [
      400,
      { error: { code: 'context_length_exceeded', message: 'm', type: 'invalid_request_error' } },
      'context-too-long',
      'context_length_exceeded',
    ],
    [
      400,
      {
        error: {
          message: "This model's maximum context length is 8192 tokens",
          type: 'invalid_request_error',
        },
      },
      'context-too-long',
      'invalid_request_error',
    ],
    [400, { error: { code: 'invalid_model', message: 'm' } }, 'model-not-found', 'invalid_model'],
    [401, { error: { code: 'invalid_model', message: 'no permission' } }, 'unauthorized', 'invalid_model'],
    [401, { error: { code: 'invalid_iam_token', message: 'm' } }, 'unauthorized', 'invalid_iam_token'],
    [
      401,
      { error: { code: 'invalid_api_key', message: 'm' }, request_id: 'r' },
      'unauthorized',
      'invalid_api_key',
    ],
    [
      404,
      { error: { code: 'model_not_found', message: 'm', type: 'invalid_request_error' } },
      'model-not-found',
      'model_not_found',
    ],
    [404, { error: 'model "x" not found, try pulling it first' }, 'model-not-found', undefined],
    [404, { error: { code: 'model_not_supported', message: 'm' } }, 'model-not-found', 'model_not_supported'],
    [
      400,
      { error: { code: 'data_inspection_failed', message: 'm' } },
      'content-filtered',
      'data_inspection_failed',
    ],
    [
      429,
      { error: { code: 'rpm_rate_limit_exceeded', message: 'm' } },
      'rate-limited',
      'rpm_rate_limit_exceeded',
    ],
    [
      429,
      { error: { code: 'tpm_rate_limit_exceeded', message: 'm' } },
      'rate-limited',
      'tpm_rate_limit_exceeded',
    ],
    [
      429,
      {
        error: {
          code: 'insufficient_quota',
          message: 'You exceeded your current quota, please check your plan and billing details.',
        },
      },
      'quota',
      'insufficient_quota',
    ],
    [500, { detail: 'oops' }, 'unavailable', undefined],
    [402, { error: { message: 'Insufficient Balance' } }, 'quota', undefined],
  ];
  for (const [status, body, kind, code] of errors) {
    it(`${status} ${JSON.stringify(body).slice(0, 70)} → ${kind}`, async () => {
      emulator.script({
        response: { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
      const { error } = await ask();
      assert.deepEqual([error?.kind, error?.code, error?.status], [kind, code, status]);
    });
  }

  it('lists models, with and without a key', async () => {
    // One of them looks like another.
    await start({ modelList: ['a', 'b/c', 'a\u200b', 'b/c\u3164'] });
    const connection: OpenAIConnection = { protocol: 'openai', baseUrl: `${emulator.origin}/v1` };
    assert.deepEqual(await listModels(connection, new AbortController().signal), ['a', 'b/c']);
    assert.equal(emulator.requests[0]?.headers.authorization, undefined);
    await emulator.dispose();
    await assert.rejects(listModels(connection, new AbortController().signal), { kind: 'network' });
  });

  it('takes an address with the path behind it', async () => {
    assert.equal((await ask({}, { baseUrl: `${emulator.origin}/v1/chat/completions/` })).error, undefined);
    assert.equal((await ask({}, { baseUrl: 'localhost:8000' })).error?.kind, 'invalid-request');
  });

  describe('trying again', () => {
    it('waits and repeats before the first word, by kind, honouring Retry-After', async () => {
      const waits: number[] = [];
      const retry = {
        maxAttempts: 3,
        backoffMs: 5,
        onWait: ({ delayMs }: { delayMs: number }) => waits.push(delayMs),
      };
      emulator.script(
        {
          error: {
            status: 429,
            code: 'rate_limit_exceeded',
            message: 'm',
            headers: { 'retry-after': '0.02' },
          },
        },
        { error: { status: 503, code: 'server_error', message: 'm' } },
        { text: 'third time' },
      );
      const got = await ask({}, { retry });
      assert.equal(got.text, 'third time');
      assert.equal(waits[0], 20);
      assert.ok((waits[1] ?? 0) >= 7 && (waits[1] ?? 0) <= 13);
    });

    it('does not repeat what would fail again, nor after a word has come', async () => {
      const retry = { maxAttempts: 3, backoffMs: 1 };
      emulator.script({ error: { status: 401, code: 'invalid_api_key', message: 'm' } });
      assert.equal((await ask({}, { retry })).error?.kind, 'unauthorized');
      emulator.script({ pieces: ['a', 'b'], resetAfter: 1 });
      assert.deepEqual([(await ask({}, { retry })).text, emulator.requests.length], ['a', 2]);
    });

    it('stops waiting when the user stops', async () => {
      const stop = new AbortController();
      emulator.script({ error: { status: 503, code: 'server_error', message: 'm' }, times: 'always' });
      const model = createChatModel(
        {
          protocol: 'openai',
          baseUrl: `${emulator.origin}/v1`,
          retry: { maxAttempts: 3, backoffMs: 10_000, onWait: () => stop.abort() },
        },
        'm',
      );
      const got = await collect(model, question, stop.signal);
      assert.equal(got.error?.kind, 'aborted');
    });
  });
});
