// What services do beside their documents, and what went wrong once.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../src/emulator/index.ts';
import type { ChatMessage, ChatRequest } from '../../src/llm/chatModel.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { type Collected, collect } from '../support/collect.ts';

const question: ChatRequest = { messages: [{ role: 'user', content: 'hi' }] };

describe('oddities', () => {
  let server: http.Server;
  let origin: string;
  let answer: http.RequestListener;

  beforeEach(async () => {
    server = http.createServer((request, response) => answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const send =
    (body: string, type = 'text/event-stream', status = 200): http.RequestListener =>
    (request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    };
  const sse = (...values: (object | string)[]): string =>
    values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('');
  const ask = (connection: Connection, request = question, signal?: AbortSignal): Promise<Collected> =>
    collect(createChatModel(connection, 'a-model'), request, signal);
  const openai = (): Connection => ({ protocol: 'openai', baseUrl: `${origin}/v1`, apiKey: 'sk-odd-secret' });
  const qianfan = (): Connection => ({
    protocol: 'qianfan-v1',
    baseUrl: origin,
    auth: { type: 'access-token', accessToken: '24.odd' },
  });
  const chunk = (delta: object, reason: string | null = null): object => ({
    id: 'c',
    choices: [{ index: 0, delta, finish_reason: reason }],
  });

  describe('tool calls', () => {
    const calls = async (...deltas: object[][]): Promise<[string, string][]> => {
      answer = send(sse(...deltas.map((pieces) => chunk({ tool_calls: pieces })), chunk({}, 'tool_calls')));
      const { parts } = await ask(openai());
      return parts.flatMap((part) => (part.type === 'tool-call' ? [[part.name, part.arguments]] : []));
    };
    const piece = (
      id: string | undefined,
      name: string | undefined,
      text: unknown,
      index?: number,
    ): object => ({ index, id, function: { name, arguments: text } });

    it('are told apart by id where every one has the index 0', async () => {
      assert.deepEqual(await calls([piece('a', 'f', '{"x":1}', 0)], [piece('b', 'g', '{"y":2}', 0)]), [
        ['f', '{"x":1}'],
        ['g', '{"y":2}'],
      ]);
    });
    it('are told apart without an index', async () => {
      assert.deepEqual(
        await calls([piece('a', 'f', '{')], [piece('', undefined, '}')], [piece('b', 'g', '{}')]),
        [
          ['f', '{}'],
          ['g', '{}'],
        ],
      );
    });
    it('may send whole arguments again and again', async () => {
      assert.deepEqual(await calls([piece('a', 'f', '{"x"', 0)], [piece('a', 'f', '{"x":1}', 0)]), [
        ['f', '{"x":1}'],
      ]);
    });
    it('may send arguments as an object', async () => {
      assert.deepEqual(await calls([piece('a', 'f', { x: 1 }, 0)]), [['f', '{"x":1}']]);
    });
  });

  it('numbers for ids, pings and empty objects harm nothing', async () => {
    answer = send(
      `event: ping\ndata: {"type":"ping"}\n\n${sse({}, { id: 7, choices: null }, chunk({ content: 'ok' }), chunk({}, 'stop'))}`,
    );
    assert.equal((await ask(openai())).text, 'ok');
    answer = send(
      sse({}, { id: 'as', result: 'ok', is_end: true, ban_round: '-1', usage: { prompt_tokens: 'x' } }),
    );
    assert.equal((await ask(qianfan())).finish?.reason, 'stop');
  });

  it('a lone piece of a stream without the rest is no answer', async () => {
    answer = send('{"result":"part","is_end":false,"sentence_id":0}\n', 'application/json');
    assert.deepEqual(
      [(await ask(qianfan())).text, (await ask(qianfan())).error?.kind],
      ['part', 'interrupted'],
    );
    answer = send(JSON.stringify(chunk({ content: 'part' })), 'application/json');
    assert.equal((await ask(openai())).error?.kind, 'interrupted');
  });

  it('sentences that overtake each other are put in order', async () => {
    const sentence = (id: number, result: string, end = false): object => ({
      id: 'as',
      sentence_id: id,
      result,
      is_end: end,
    });
    answer = send(sse(sentence(0, 'a'), sentence(2, 'c', true), sentence(1, 'b')));
    const got = await ask(qianfan());
    assert.deepEqual([got.text, got.finish?.reason], ['abc', 'stop']);
  });

  it('the connection is let go though the server says nothing more after its finish', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (request, response) => {
      request.resume();
      closed = once(response, 'close');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(sse(chunk({ content: 'a' }), chunk({}, 'stop')));
    };
    assert.equal((await ask(openai())).finish?.reason, 'stop');
    await closed;
  });

  it('the first byte is waited for even when the headers have come', async () => {
    answer = (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    };
    const { error } = await ask({ ...openai(), timeouts: { firstByteMs: 100 } });
    assert.equal(error?.kind, 'timeout');
  });

  it('plain text is quoted, and an output without an answer is no answer', async () => {
    answer = send('upstream timeout', 'text/plain');
    assert.match((await ask(openai())).error?.message ?? '', /upstream timeout/);
    answer = send(
      '{"code":"DataInspectionFailed","message":"m","output":{"finish_reason":"null"}}',
      'application/json',
    );
    const { error } = await ask({ protocol: 'dashscope', baseUrl: origin, apiKey: 'sk-odd-secret' });
    assert.equal(error?.kind, 'content-filtered');
  });

  it('a key never shows, wherever a text is cut', async () => {
    for (const padding of [480, 490, 495, 500, 590, 600]) {
      answer = send(`${'x'.repeat(padding)}sk-odd-secret`, 'text/plain', 400);
      assert.doesNotMatch((await ask(openai())).error?.message ?? '', /sk-odd/);
    }
    answer = send(
      '{"error":{"message":"Incorrect API key provided: Bearer sk-odd-secret"}}',
      'application/json',
      401,
    );
    const connection = { protocol: 'openai' as const, baseUrl: `${origin}/v1`, apiKey: 'sk-odd-secret' };
    await assert.rejects(
      listModels(connection, new AbortController().signal),
      (error: Error) => !/sk-odd/.test(error.message),
    );
  });

  it('a gateway passes on the status of the service behind it', async () => {
    answer = send(sse({ error: { code: 429, message: 'm' } }));
    assert.equal((await ask(openai())).error?.kind, 'rate-limited');
    answer = send(
      '{"error":{"message":"model \'x\' not found","type":"api_error"}}',
      'application/json',
      404,
    );
    assert.equal((await ask(openai())).error?.kind, 'model-not-found');
  });

  describe('Qianfan tokens', () => {
    const auth = { type: 'oauth' as const, apiKey: 'odd-key', secretKey: 'odd-secret' };

    it('who stops while a token is on its way stops at once', async () => {
      const stop = new AbortController();
      answer = (request) => {
        request.resume();
        stop.abort();
      };
      const { error } = await ask({ protocol: 'qianfan-v1', baseUrl: origin, auth }, question, stop.signal);
      assert.equal(error?.kind, 'aborted');
    });

    it('stragglers with an old token do not throw away the new one', async () => {
      let issued = 0;
      const stragglers: http.ServerResponse[] = [];
      const refuse = (response: http.ServerResponse): void =>
        void response.end('{"error_code":110,"error_msg":"x"}');
      answer = (request, response) => {
        request.resume();
        response.setHeader('content-type', 'application/json');
        if (request.url?.startsWith('/oauth')) {
          issued++;
          response.end(JSON.stringify({ access_token: `24.${issued}`, expires_in: '2592000' }));
        } else if (request.url?.includes('24.1')) {
          stragglers.push(response);
          // All are on their way with the old token; one is told so, and the others when it has been answered with the new one.
          if (stragglers.length === 6) refuse(response);
        } else {
          response.end('{"id":"as","result":"ok"}', () => {
            const next = stragglers.shift();
            if (next && !next.writableEnded) refuse(next);
          });
        }
      };
      const model = createChatModel(
        { protocol: 'qianfan-v1', baseUrl: origin, auth: { ...auth, apiKey: 'odd-key-2' } },
        'e',
      );
      const all = await Promise.all(Array.from({ length: 6 }, () => collect(model, question)));
      assert.ok(all.every(({ text }) => text === 'ok'));
      assert.equal(issued, 2);
    });

    it('rules are kept for the user, not thrown at them', async () => {
      answer = send('{"id":"as","result":"ok"}', 'application/json');
      const messages: ChatMessage[] = [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: '' },
        { role: 'system', content: 'late' },
        { role: 'user', content: 'two' },
      ];
      assert.equal((await ask(qianfan(), { messages })).text, 'ok');
    });
  });

  it('a model on the other path is found once, by many requests at a time', async () => {
    const emulator = await startEmulator({ pace: 0, multimodalModels: ['odd-seeing-model'] });
    const model = createChatModel(
      { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-0123456789' },
      'odd-seeing-model',
    );
    emulator.script({ text: 'seen', times: 4 });
    const both = await Promise.all([collect(model, question), collect(model, question)]);
    const again = await collect(model, question);
    const wrong = emulator.requests.filter(({ path }) => path.includes('/text-generation/')).length;
    await emulator.dispose();
    assert.deepEqual(
      [...both, again].map(({ text }) => text),
      ['seen', 'seen', 'seen'],
    );
    assert.equal(wrong, 2);
  });
});
