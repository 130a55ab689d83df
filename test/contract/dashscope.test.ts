import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Emulator,
  type EmulatorOptions,
  type ScriptStep,
  startEmulator,
} from '../../src/emulator/index.ts';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import type { ChatMessage, ModelParameters } from '../../src/llm/chatModel.ts';
import { dashScopeModels } from '../../src/providers/dashscope/dashscopeCatalog.ts';
import { toListConnection } from '../../src/providers/dashscope/dashscopeProvider.ts';
import { createChatModel, type DashScopeConnection } from '../../src/providers/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { readBytes } from '../support/readAnswer.ts';
import { nextClientEvent } from '../support/undiciEvents.ts';

const question: ChatMessage[] = [{ role: 'user', content: '你好 🌉' }];
const key = 'sk-test-0123456789';

describe('DashScope against the emulator', () => {
  let emulator: Emulator;

  const start = async (options: EmulatorOptions = {}): Promise<void> => {
    await emulator?.dispose();
    emulator = await startEmulator({ pace: 0, ...options });
  };
  beforeEach(() => start());
  afterEach(() => emulator.dispose());

  const ask = (
    modelId: string,
    options: {
      messages?: ChatMessage[];
      parameters?: ModelParameters;
      connection?: Partial<DashScopeConnection>;
      signal?: AbortSignal;
    } = {},
  ): Promise<Collected> => {
    const model = createChatModel(
      { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: key, ...options.connection },
      modelId,
    );
    return collect(
      model,
      { messages: options.messages ?? question, parameters: options.parameters },
      options.signal,
    );
  };
  const sent = (): Record<string, unknown> => {
    const body: unknown = JSON.parse(emulator.requests.at(-1)?.bodyText ?? '{}');
    assert.ok(typeof body === 'object' && body !== null);
    return { ...body };
  };
  const script = (...steps: ScriptStep[]): void => emulator.script(...steps);

  describe('every model of the catalog', () => {
    for (const { id } of dashScopeModels()) {
      for (const stream of [true, false]) {
        for (const incrementalOutput of stream ? [true, false] : [undefined]) {
          it(`${id}, ${stream ? (incrementalOutput ? 'pieces' : 'whole texts') : 'one-shot'}`, async () => {
            const text = '第一段\n\n```ts\nconst a = 1;\n```\n\n尾声 👨‍👩‍👧';
            script({ text });
            const got = await ask(id, { parameters: { stream, incrementalOutput } });
            assert.equal(got.error, undefined);
            assert.equal(got.text, text);
            assert.equal(got.finish?.reason, 'stop');
            assert.ok(got.finish?.requestId);
            assert.deepEqual(emulator.requests.at(-1)?.warnings, []);
            assert.equal(emulator.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
          });
        }
      }
    }
  });

  it('speaks to models that the catalog does not know', async () => {
    script({ text: 'ok', reasoning: 'hm' });
    const got = await ask('qwen-of-tomorrow', { parameters: { enableThinking: true, presencePenalty: 0.5 } });
    assert.deepEqual([got.text, got.reasoning, got.finish?.reason], ['ok', 'hm', 'stop']);
    assert.deepEqual(sent().parameters, {
      enable_thinking: true,
      presence_penalty: 0.5,
      result_format: 'message',
      incremental_output: true,
    });
  });

  it('sends a conversation with its roles, and one text to the model that takes no roles', async () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'one?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'two?' },
    ];
    await ask('qwen-72b-chat', { messages });
    assert.deepEqual(sent().input, { messages });
    await ask('baichuan-7b-v1', { messages });
    assert.deepEqual(sent().input, {
      prompt: 'Be brief.\n\nUser: one?\n\nAssistant: One.\n\nUser: two?\n\nAssistant:',
    });
    await ask('baichuan-7b-v1');
    assert.deepEqual(sent().input, { prompt: '你好 🌉' });
  });

  it('sends every parameter of the Qwen page, and none of them where the page does not list it', async () => {
    const parameters: ModelParameters = {
      temperature: 0.5,
      topP: 0.6,
      topK: 50,
      maxOutputTokens: 100,
      seed: 65535,
      repetitionPenalty: 1.2,
      stop: [[37763, 367]],
    };
    await ask('qwen2-7b-instruct', { parameters });
    assert.deepEqual(sent().parameters, {
      temperature: 0.5,
      top_p: 0.6,
      top_k: 50,
      max_tokens: 100,
      seed: 65535,
      repetition_penalty: 1.2,
      stop: [[37763, 367]],
      result_format: 'message',
      incremental_output: true,
    });
    await ask('baichuan2-7b-chat-v1', { parameters });
    assert.deepEqual(sent().parameters, { result_format: 'message', incremental_output: true });
    await ask('yi-large', { parameters });
    assert.deepEqual(sent().parameters, { temperature: 0.5, top_p: 0.6, max_tokens: 100 });
    assert.ok(emulator.requests.every(({ warnings }) => warnings.length === 0));
  });

  it('switches top_k off by sending none', async () => {
    for (const topK of [0, 101]) {
      await ask('qwen-7b-chat', { parameters: { topK } });
      assert.equal('top_k' in Object(sent().parameters), false);
    }
  });

  it('takes stop in its four forms', async () => {
    for (const stop of ['你好', ['a', 'b'], [37763, 367], [[1], [2]]]) {
      const got = await ask('qwen2-7b-instruct', { parameters: { stop } });
      assert.equal(got.error, undefined);
      assert.deepEqual(Object(sent().parameters).stop, stop);
    }
  });

  it('refuses bad parameters before sending, with name and range', async () => {
    const cases: [string, ModelParameters, RegExp][] = [
      ['qwen-7b-chat', { temperature: 2 }, /temperature must be in \[0, 2\)/],
      ['qwen-7b-chat', { topP: 1 }, /top_p must be in \(0, 1\)/],
      ['qwen-7b-chat', { maxOutputTokens: 1501 }, /max_tokens must be in \[1, 1500\]/],
      ['qwen2-72b-instruct', { maxOutputTokens: 6145 }, /max_tokens must be in \[1, 6144\]/],
      ['qwen-7b-chat', { seed: -1 }, /seed must be in/],
      ['yi-large', { topP: 1 }, /top_p must be in \[0, 1\)/],
      ['unknown', { enableThinking: true, stream: false }, /enable_thinking/],
    ];
    for (const [id, parameters, message] of cases) {
      const { error } = await ask(id, { parameters });
      assert.equal(error?.kind, 'invalid-request');
      assert.match(error?.message ?? '', message);
    }
    assert.equal(emulator.requests.length, 0);
  });

  it('refuses messages before sending that no platform takes', async () => {
    const cases: ChatMessage[][] = [
      [],
      [{ role: 'user', content: ' ' }],
      [{ role: 'assistant', content: 'x' }],
      [
        { role: 'user', content: 'x' },
        { role: 'system', content: 'y' },
        { role: 'user', content: 'z' },
      ],
    ];
    for (const messages of cases)
      assert.equal((await ask('qwen-7b-chat', { messages })).error?.kind, 'invalid-request');
    assert.equal(emulator.requests.length, 0);
  });

  it('names the workspace when there is one', async () => {
    await start({ requireWorkspace: 'ws_1' });
    assert.equal((await ask('qwen-7b-chat')).error !== undefined, true);
    assert.equal((await ask('qwen-7b-chat', { connection: { workspaceId: 'ws_1' } })).error, undefined);
    assert.equal(emulator.requests.at(-1)?.headers['x-dashscope-workspace'], 'ws_1');
  });

  it('keeps a path in front of the documented one, and takes an address with /api/v1', async () => {
    await start({ pathPrefix: '/proxy' });
    for (const baseUrl of ['/proxy', '/proxy/', '/proxy/api/v1', '/proxy/api/v1/']) {
      assert.equal(
        (await ask('qwen-7b-chat', { connection: { baseUrl: emulator.origin + baseUrl } })).error,
        undefined,
      );
    }
    assert.equal(
      (await ask('qwen-7b-chat', { connection: { baseUrl: 'dashscope.aliyuncs.com' } })).error?.kind,
      'invalid-request',
    );
  });

  it('tells length from stop', async () => {
    const got = await ask('yi-large', { parameters: { maxOutputTokens: 5 } });
    assert.equal(got.finish?.reason, 'length');
    assert.equal(got.finish?.rawReason, 'length');
  });

  describe('what goes wrong', () => {
    const outcomes: [name: string, step: ScriptStep, kind: ChatErrorKind, text: string][] = [
      [
        '429 as a status',
        { error: { status: 429, code: 'Throttling.RateQuota', message: 'slow down' } },
        'rate-limited',
        '',
      ],
      [
        '429 as a first event',
        { error: { status: 429, code: 'Throttling.RateQuota', message: 'slow down', framing: 'event' } },
        'rate-limited',
        '',
      ],
      [
        '429 framed as an event, labelled JSON',
        { error: { status: 429, code: 'Throttling', message: 'slow', framing: 'sse' } },
        'rate-limited',
        '',
      ],
      [
        'content filter in mid-answer',
        {
          pieces: ['从前', '有座', '山'],
          error: { status: 400, code: 'DataInspectionFailed', message: 'no', afterPieces: 2 },
        },
        'content-filtered',
        '从前有座',
      ],
      ['cut', { pieces: ['从前', '有座', '山'], cutAfter: 2 }, 'interrupted', '从前有座'],
      [
        'cut inside an event',
        { pieces: ['从前', '有座', '山'], cutAfter: 2, partialBytes: 40 },
        'interrupted',
        '从前有座',
      ],
      ['reset', { pieces: ['从前', '有座', '山'], resetAfter: 2 }, 'network', '从前有座'],
      [
        'reset inside an event',
        { pieces: ['从前', '有座', '山'], resetAfter: 2, partialBytes: 40 },
        'network',
        '从前有座',
      ],
      ['reset before any header', { resetAfter: 'request' }, 'network', ''],
      ['a web page', { html: 200 }, 'protocol', ''],
      ['a web page from a proxy', { html: 502 }, 'unavailable', ''],
      ['an empty body', { empty: true }, 'interrupted', ''],
      ['a redirect', { redirect: 'https://elsewhere.invalid/' }, 'protocol', ''],
      [
        'rubbish',
        {
          response: {
            headers: { 'content-type': 'text/event-stream' },
            body: 'data:{"output":\n\ndata:x\n\n',
          },
        },
        'protocol',
        '',
      ],
    ];
    for (const [name, step, kind, text] of outcomes) {
      it(`${name} → ${kind}`, async () => {
        script(step);
        const got = await ask('qwen2-7b-instruct');
        assert.equal(got.error?.kind, kind, got.error?.message);
        assert.equal(got.text, text);
        assert.equal(got.finish, undefined);
        assert.doesNotMatch(got.error?.message ?? '', /<html|sk-test/i);
      });
    }

    it('gives code, status and request id of the platform', async () => {
      script({
        error: {
          status: 429,
          code: 'Throttling.RateQuota',
          message: 'slow down',
          headers: { 'retry-after': '2' },
        },
      });
      const { error } = await ask('qwen2-7b-instruct');
      assert.deepEqual(
        [error?.status, error?.code, error?.message, error?.retryAfterMs],
        [429, 'Throttling.RateQuota', 'slow down', 2000],
      );
      assert.ok(error?.requestId);
    });

    it('never shows a key that the platform echoes', async () => {
      script({
        error: { status: 401, code: 'InvalidApiKey', message: `Incorrect API key provided: ${key}.` },
      });
      const { error } = await ask('qwen2-7b-instruct');
      assert.equal(error?.message, 'Incorrect API key provided: ***.');
      assert.doesNotMatch(
        JSON.stringify(error) + String(error?.stack) + String(error?.cause),
        new RegExp(key),
      );
    });

    it('refuses an empty key and one with strange characters', async () => {
      assert.equal(
        (await ask('qwen2-7b-instruct', { connection: { apiKey: '' } })).error?.kind,
        'missing-key',
      );
      assert.equal(
        (await ask('qwen2-7b-instruct', { connection: { apiKey: 'sk-密钥' } })).error?.kind,
        'unauthorized',
      );
      assert.equal(
        (await ask('qwen2-7b-instruct', { connection: { apiKey: 'sk-invalid' } })).error?.kind,
        'unauthorized',
      );
    });

    it('finds no server', async () => {
      const { origin } = emulator;
      await emulator.dispose();
      assert.equal(
        (await ask('qwen2-7b-instruct', { connection: { baseUrl: origin } })).error?.kind,
        'network',
      );
    });

    it('gives up on silence: before the first byte, and inside an answer', async () => {
      script({ stallAfter: 'request' }, { pieces: ['a', 'b', 'c'], stallAfter: 2 });
      const first = { timeouts: { firstByteMs: 100 } };
      assert.equal((await ask('qwen2-7b-instruct', { connection: first })).error?.kind, 'timeout');
      // Both pieces come at once; between them a busy machine may rest for a while.
      const later = { timeouts: { idleMs: 3000 } };
      const late = await ask('qwen2-7b-instruct', { connection: later });
      assert.deepEqual([late.error?.kind, late.text], ['timeout', 'ab']);
    });
  });

  describe('bytes on the way', () => {
    it('streams through gzip and brotli', async () => {
      for (const contentEncoding of ['gzip', 'br'] as const) {
        script({ pieces: ['多字节', '切分🚀'], contentEncoding, holdAfter: 1 });
        const model = createChatModel(
          { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: key },
          'qwen2-7b-instruct',
        );
        let text = '';
        for await (const part of model.stream({ messages: question }, new AbortController().signal)) {
          if (part.type !== 'text-delta') continue;
          if (text === '') emulator.release();
          text += part.text;
        }
        assert.equal(text, '多字节切分🚀');
      }
    });

    it('closes the socket when stopped, and when the loop is left', async () => {
      script({ pieces: ['a', 'b'], holdAfter: 1 }, { pieces: ['a', 'b'], holdAfter: 1 });
      const model = createChatModel(
        { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: key },
        'qwen2-7b-instruct',
      );
      const stop = new AbortController();
      await assert.rejects(
        async () => {
          for await (const part of model.stream({ messages: question }, stop.signal)) {
            assert.deepEqual(part, { type: 'text-delta', text: 'a' });
            stop.abort();
          }
        },
        { name: 'ChatError', kind: 'aborted' },
      );
      await emulator.requests[0]?.ended;
      assert.equal(emulator.requests[0]?.closedByClient, true);

      for await (const _ of model.stream({ messages: question }, new AbortController().signal)) break;
      await emulator.requests[1]?.ended;
      assert.equal(emulator.requests[1]?.closedByClient, true);
    });

    it('reads text and usage that come behind a finish reason', async () => {
      const frame = (text: string, reason: string, tokens: number): string =>
        `data:${JSON.stringify({
          output: { choices: [{ message: { content: text }, finish_reason: reason }] },
          usage: { input_tokens: tokens, output_tokens: tokens, total_tokens: 2 * tokens },
        })}\n\n`;
      const body = [
        frame('长城', 'null', 1),
        frame('很', 'stop', 4),
        frame('长。', 'null', 5),
        frame('', 'stop', 0),
      ];
      const { parts, error } = await readBytes('dashscope', body);
      assert.equal(error, undefined);
      assert.equal(parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join(''), '长城很长。');
      const last = parts.at(-1);
      assert.ok(last?.type === 'finish');
      assert.deepEqual([last.reason, last.usage?.totalTokens], ['stop', 10]);
    });

    it('lists models at the host of an address that was pasted with its path', () => {
      const of = (baseUrl?: string): string =>
        toListConnection({ protocol: 'dashscope', apiKey: 'sk-x', baseUrl }).baseUrl;
      assert.equal(of('https://example.com/api/v1/'), 'https://example.com/compatible-mode/v1');
      assert.equal(of(), 'https://dashscope.aliyuncs.com/compatible-mode/v1');
    });

    it('uses one connection for turn after turn', async () => {
      const body = 'data:{"output":{"text":"ok","finish_reason":"stop"}}\n\n';
      let end = (): void => {};
      const server = http.createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(body);
        end = () => response.end();
      });
      let connections = 0;
      server.on('connection', () => connections++);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      for (let i = 0; i < 2; i++) {
        const readWhole = nextClientEvent('trailers');
        const got = await ask('qwen2-7b-instruct', { connection: { baseUrl: `http://127.0.0.1:${port}` } });
        assert.equal(got.text, 'ok');
        end();
        await readWhole;
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      assert.equal(connections, 1);
    });
  });
});
