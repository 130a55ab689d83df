import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type ProtocolId, protocolIds } from '../../src/providers/common/protocols.ts';
import { createDashScopeDecoder } from '../../src/providers/dashscope/dashscopeDecoder.ts';
import { createAnswerMeter } from '../../src/providers/http/answerMeter.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { checkLeaks, eventually } from '../support/leaks.ts';
import { type LoopbackServer, startServer, writeAll } from '../support/loopbackServer.ts';
import { ask, event, eventStream } from '../support/networkClient.ts';
import { readBytes } from '../support/readAnswer.ts';

const openAIChunk = (delta: object): string => `data:${JSON.stringify({ choices: [{ delta }] })}\n\n`;
const call = (index: number, text = '{}'): object => ({
  tool_calls: [{ index, id: `c${index}`, function: { name: 'f', arguments: text } }],
});
const texts: Record<ProtocolId, (text: string) => string> = {
  openai: (content) => openAIChunk({ content }),
  dashscope: (text) => `data:${JSON.stringify({ output: { text, finish_reason: 'null' } })}\n\n`,
  'qianfan-v1': (result) => `data:${JSON.stringify({ result, is_end: false })}\n\n`,
};

/** On and on: whoever reads has to stop. */
function* forever(text: string): Generator<string> {
  for (;;) yield text;
}

describe('limits on an answer', () => {
  for (const protocol of protocolIds) {
    it(`${protocol}: a text that never ends is cut at the limit, and what came is kept`, async () => {
      const { parts, error } = await readBytes(protocol, forever(texts[protocol]('桥🌉 0123')), {
        limits: { characters: 10_000 },
      });
      assert.deepEqual([error?.kind, error?.code, error?.retryable], ['protocol', 'answer-length', false]);
      const text = parts.map((part) => ('text' in part ? part.text : '')).join('');
      assert.equal(text, '桥🌉 0123'.repeat(1250));
    });

    it(`${protocol}: a text of exactly the limit is whole`, async () => {
      const whole = texts[protocol]('x'.repeat(1000));
      const { error } = await readBytes(protocol, [whole], { limits: { characters: 1000 } });
      assert.equal(error?.kind, 'interrupted');
      const more = await readBytes(protocol, [whole], { limits: { characters: 999 } });
      assert.equal(more.error?.code, 'answer-length');
      assert.deepEqual(more.parts, [{ type: 'text-delta', text: 'x'.repeat(999) }]);
    });

    for (const [name, piece] of [
      ['comments', ': keep-alive\n\n'],
      ['blanks', '\n'.repeat(1000)],
      ['blanks in an event', `data:${' '.repeat(1000)}\n\n`],
      ['unknown fields', 'x:y\n'],
      ['empty events', 'data:\n\n'],
      ['signs of life', 'data:{}\n\n'],
      ['events without content', texts[protocol]('')],
    ] as const) {
      it(`${protocol}: ${name} without end are an end`, async () => {
        const chunks = function* (): Generator<string> {
          yield texts[protocol]('kept');
          yield* forever(piece);
        };
        const { parts, error } = await readBytes(protocol, chunks(), {
          limits: { keepAliveCharacters: 200_000 },
        });
        assert.deepEqual([error?.kind, error?.code], ['protocol', 'keep-alive-length']);
        assert.deepEqual(parts, [{ type: 'text-delta', text: 'kept' }]);
      });
    }

    it(`${protocol}: what surrounds the pieces of a long answer is no keep-alive`, async () => {
      const chunks = Array.from({ length: 5000 }, (_, index) => texts[protocol](`${index} `));
      const { error } = await readBytes(protocol, chunks, { limits: { keepAliveCharacters: 10_000 } });
      assert.equal(error?.kind, 'interrupted');
    });

    it(`${protocol}: signs of life alone last no longer than the time for them`, async () => {
      const chunks = async function* (): AsyncGenerator<string> {
        for (;;) {
          yield ': keep-alive\n\n';
          // The time of silence is real here: signs of life come as long as it takes.
          await delay(5);
        }
      };
      const { error } = await readBytes(protocol, chunks(), { keepAliveMs: 40 });
      assert.deepEqual([error?.kind, error?.code], ['protocol', 'keep-alive-time']);
    });
  }

  it('counts no frames that repeat the whole text so far and add nothing to it', async () => {
    const frames = function* (): Generator<string> {
      for (let text = ''; text.length < 20_000; text += 'abcd') {
        yield texts.dashscope(text);
        yield texts.dashscope(text);
      }
    };
    const { parts, error } = await readBytes('dashscope', frames(), {
      limits: { keepAliveCharacters: 500_000 },
      createDecoder: (output) => createDashScopeDecoder({ incremental: false, ...output }),
    });
    assert.equal(error?.kind, 'interrupted', error?.code);
    assert.equal(parts.map((part) => ('text' in part ? part.text : '')).join('').length, 19_996);
  });

  it('counts reasoning, text that is taken back, and arguments of calls', async () => {
    const limits = { characters: 1000 };
    const reasoning = openAIChunk({ reasoning_content: 'x'.repeat(100) });
    assert.equal((await readBytes('openai', forever(reasoning), { limits })).error?.code, 'answer-length');
    const pieces = function* (): Generator<string> {
      for (let index = 0; ; index++) yield openAIChunk(call(0, `${index} ${'x'.repeat(100)}`));
    };
    assert.equal((await readBytes('openai', pieces(), { limits })).error?.code, 'answer-length');
    const frames = function* (): Generator<string> {
      for (let index = 0; ; index++) yield texts.dashscope(`${index}${'x'.repeat(200)}`);
    };
    assert.equal((await readBytes('dashscope', frames(), { limits })).error?.code, 'answer-length');
    const early = function* (): Generator<string> {
      for (let id = 0; ; id += 2)
        yield `data:${JSON.stringify({ sentence_id: id, result: 'x', is_end: false })}\n\n`;
    };
    assert.equal((await readBytes('qianfan-v1', early(), { limits })).error?.code, 'answer-length');
  });

  it('counts calls of tools, in pieces and in one', async () => {
    const calls = function* (): Generator<string> {
      for (let index = 0; ; index++) yield openAIChunk(call(index));
    };
    const limits = { toolCalls: 50 };
    const { parts, error } = await readBytes('openai', calls(), { limits });
    assert.deepEqual([error?.kind, error?.code, parts.length], ['protocol', 'tool-call-count', 0]);
    const message = {
      tool_calls: Array.from({ length: 51 }, (_, index) => ({ id: `c${index}`, function: { name: 'f' } })),
    };
    const whole = await readBytes('openai', [JSON.stringify({ choices: [{ message }] })], { limits });
    assert.deepEqual([whole.error?.code, whole.parts.length], ['tool-call-count', 50]);
    message.tool_calls.pop();
    const fine = await readBytes('openai', [JSON.stringify({ choices: [{ message }] })], { limits });
    assert.deepEqual([fine.error, fine.parts.length], [undefined, 51]);
  });

  it('holds for an answer in one piece', async () => {
    const answer = JSON.stringify({ choices: [{ message: { content: 'x'.repeat(3000) } }] });
    const { parts, error } = await readBytes('openai', [answer], { limits: { characters: 1000 } });
    assert.equal(error?.code, 'answer-length');
    assert.deepEqual(parts, [{ type: 'text-delta', text: 'x'.repeat(1000) }]);
  });

  it('lets nothing pass after the finish, nor after a limit', () => {
    const finish = { type: 'finish', reason: 'stop' } as const;
    const text = { type: 'text-delta', text: 'abc' } as const;
    const meter = createAnswerMeter('openai');
    assert.deepEqual(
      [meter.admit(finish), meter.admit(finish), meter.admit(text)],
      [finish, undefined, undefined],
    );
    const small = createAnswerMeter('openai', { characters: 2 });
    const cut = { type: 'text-delta', text: 'ab' };
    assert.deepEqual(
      [small.admit(text), small.admit(text), small.admit(finish)],
      [cut, undefined, undefined],
    );
  });

  it('reads no event of more lines than an answer has tokens', async () => {
    const lines = async (count: number): Promise<string | undefined> => {
      const line = 'data: {"choices":[]}\n';
      const chunks = Array.from({ length: count / 1000 }, () => line.repeat(1000));
      return (await readBytes('openai', [...chunks, '\n'])).error?.code;
    };
    assert.deepEqual([await lines(99_000), await lines(102_000)], [undefined, 'too-large']);
    const endless = await readBytes('openai', forever('data:\n'.repeat(1000)), {
      limits: { keepAliveCharacters: 1e9 },
    });
    assert.equal(endless.error?.code, 'too-large');
  });

  it('cuts no character in two', async () => {
    const { parts } = await readBytes('openai', [openAIChunk({ content: '🌉🌉🌉' })], {
      limits: { characters: 3 },
    });
    assert.deepEqual(parts, [{ type: 'text-delta', text: '🌉' }]);
  });

  it('reads 4 million characters unless told otherwise', async () => {
    const { parts, error } = await readBytes(
      'openai',
      forever(openAIChunk({ content: 'x'.repeat(100_000) })),
    );
    assert.equal(error?.code, 'answer-length');
    assert.equal(
      parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0),
      4_000_000,
    );
  });

  it('keeps no word of a service that is longer than a word', async () => {
    const long = 'x'.repeat(100_000);
    const { parts } = await readBytes('openai', [
      `data:${JSON.stringify({ id: long, choices: [{ delta: { content: 'a' }, finish_reason: long }] })}\n\n`,
    ]);
    const finish = parts.at(-1);
    assert.ok(finish?.type === 'finish');
    assert.deepEqual([finish.rawReason?.length, finish.requestId?.length], [200, 200]);
  });
});

describe('limits on an answer, over the network', () => {
  const running: LoopbackServer[] = [];
  checkLeaks(() => Promise.all(running.splice(0).map((server) => server.dispose())));
  const serve = async (answer: (response: ServerResponse) => unknown): Promise<LoopbackServer> => {
    const server = await startServer(answer);
    running.push(server);
    return server;
  };

  it('ends the request and asks no second time', async () => {
    const server = await serve(async (response) => {
      response.writeHead(200, eventStream);
      while (!response.destroyed) await writeAll(response, event('0123456789').repeat(100));
    });
    const got = await ask(server.origin, {
      limits: { characters: 1005 },
      retry: { maxAttempts: 3, backoffMs: 1 },
    });
    assert.deepEqual(
      [got.error?.kind, got.error?.code, got.text.length],
      ['protocol', 'answer-length', 1005],
    );
    assert.equal(server.requests.length, 1);
    await eventually(() => assert.equal(server.open, 0));
  });

  it('ends keep-alives before a word has come, and asks no second time', async () => {
    const server = await serve(async (response) => {
      response.writeHead(200, eventStream);
      while (!response.destroyed) await writeAll(response, ': keep-alive\n\n'.repeat(1000));
    });
    const got = await ask(server.origin, {
      limits: { keepAliveCharacters: 100_000 },
      retry: { maxAttempts: 3, backoffMs: 1 },
    });
    assert.equal(got.error?.code, 'keep-alive-length');
    assert.equal(server.requests.length, 1);
  });

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const) {
    const send = (body: string) => (response: ServerResponse) =>
      response.writeHead(200, { ...eventStream, 'content-encoding': encoding }).end(compress(body));

    it(`${encoding}: what counts is the text, not its bytes`, async () => {
      const server = await serve(send(event('x').repeat(10_000)));
      const got = await ask(server.origin, { limits: { characters: 5000 } });
      assert.deepEqual([got.error?.code, got.text.length], ['answer-length', 5000]);
    });

    it(`${encoding}: a megabyte of blanks in a few bytes is an end`, async () => {
      const server = await serve(send('\n'.repeat(2 ** 20)));
      const got = await ask(server.origin, { limits: { keepAliveCharacters: 100_000 } });
      assert.equal(got.error?.code, 'keep-alive-length');
    });
  }

  it('reads no more than 16 MB of JSON, though it comes in a few bytes', async () => {
    const body = gzipSync(`{"a":"${' '.repeat(17 * 2 ** 20)}"}`);
    const server = await serve((response) =>
      response.writeHead(200, { ...eventStream, 'content-encoding': 'gzip' }).end(body),
    );
    assert.equal((await ask(server.origin)).error?.code, 'too-large');
  });

  it('tells deep JSON from a fault of the network, and asks once', async () => {
    for (const value of ['['.repeat(100_000), '['.repeat(100_000) + ']'.repeat(100_000)]) {
      for (const body of [
        value,
        `data:${value}\n\n`,
        `data:{"choices":${value}}\n\n`,
        `{"choices":${value}}`,
      ]) {
        const server = await serve((response) => response.writeHead(200, eventStream).end(body));
        for (const protocol of ['openai', 'dashscope'] as const) {
          const connection = {
            protocol,
            baseUrl: server.origin,
            apiKey: 'sk-0123456789',
            retry: { maxAttempts: 3 },
          };
          const before = server.requests.length;
          const { error } = await collect(createChatModel(connection, 'qwen-plus'), {
            messages: [{ role: 'user', content: 'x' }],
          });
          assert.equal(error?.kind, 'protocol', body.slice(0, 30));
          assert.equal(server.requests.length, before + 1);
        }
      }
    }
  });

  it('reads an error whose JSON is deep by its status', async () => {
    const server = await serve((response) =>
      response.writeHead(401).end('['.repeat(30_000) + ']'.repeat(30_000)),
    );
    assert.equal((await ask(server.origin)).error?.kind, 'unauthorized');
  });
});
