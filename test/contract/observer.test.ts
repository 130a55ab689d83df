import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import type { StreamPart } from '../../src/llm/chatModel.ts';
import type { ExchangeObserver, ObservedRequest, ObservedResponse } from '../../src/llm/exchangeObserver.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { secretConnections } from '../support/secretConnections.ts';

interface Seen {
  requests: ObservedRequest[];
  responses: ObservedResponse[];
  text: string;
  parts: StreamPart[];
  order: string[];
}

function watch(): { seen: Seen; observer: ExchangeObserver } {
  const seen: Seen = { requests: [], responses: [], text: '', parts: [], order: [] };
  return {
    seen,
    observer: {
      request: (request) => {
        seen.order.push(request.purpose);
        seen.requests.push(request);
      },
      response: (response) => {
        seen.order.push(String(response.status));
        seen.responses.push(response);
      },
      data: (text) => {
        seen.text += text;
      },
      part: (part) => void seen.parts.push(part),
      failure: ({ kind }) => void seen.order.push(kind),
      wait: ({ attempt }) => void seen.order.push(`wait ${attempt}`),
      end: (failure) => void seen.order.push(failure ? `end ${failure.kind}` : 'end'),
    },
  };
}

describe('Watching an exchange', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false, ...secretConnections.emulatorOptions });
  });
  afterEach(() => emulator.dispose());

  for (const { name, connect, secrets } of secretConnections.all) {
    const ask = async (more: Partial<Connection> = {}, content = 'Hello') => {
      const { seen, observer } = watch();
      const connection: Connection = { ...connect(emulator.origin), ...more, observer } as Connection;
      const got = await collect(createChatModel(connection, 'qwen-plus'), {
        messages: [{ role: 'user', content }],
      });
      return { seen, got };
    };

    it(`${name}: what is seen is what the service received, without secrets`, async () => {
      emulator.script({ pieces: ['一', '二 🌉'] });
      const { seen, got } = await ask();
      assert.equal(got.error, undefined, got.error?.message);
      const received = emulator.requests.at(-1);
      const request = seen.requests.at(-1);
      assert.ok(received && request);
      assert.equal(request.body, received.bodyText);
      assert.equal(request.method, received.method);
      assert.equal(new URL(request.url).pathname, received.path);
      assert.deepEqual(Object.keys(request.headers).sort(), Object.keys(received.headers).sort());
      for (const [header, value] of Object.entries(request.headers)) {
        if (!value.includes('***')) assert.equal(value, received.headers[header], header);
      }
      assert.equal(seen.responses.at(-1)?.status, 200);
      assert.match(seen.text, /二 🌉/);
      assert.deepEqual(seen.parts.at(-1), got.finish);
      assert.equal(seen.order.at(-1), 'end');
      for (const secret of secrets) assert.ok(!JSON.stringify(seen).includes(secret), secret);
    });

    it(`${name}: a secret that the platform echoes is not seen, even cut in two`, async () => {
      const [secret = ''] = secrets;
      emulator.script({
        response: { status: 400, body: `{"message":"Bad key ${secret}."}` },
        split: { everyBytes: 3 },
      });
      const { seen } = await ask({}, `My key is ${secret}`);
      assert.match(seen.text, /Bad key \*\*\*\./);
      assert.equal(seen.requests.at(-1)?.bodyChanged, true);
      assert.ok(!JSON.stringify(seen).includes(secret));
      // The same in an answer, cut in two deltas.
      for (let at = 8; at <= secret.length - 8; at++) {
        const halves = [secret.slice(0, at), secret.slice(at)];
        emulator.script({ pieces: ['It is ', ...halves, '!'] });
        const answer = await ask();
        assert.equal(answer.got.text, 'It is ***!');
        for (const text of [JSON.stringify(answer.seen), answer.seen.text, JSON.stringify(answer.got)])
          for (const half of [secret, ...halves]) assert.ok(!text.includes(half), `${half}: ${text}`);
      }
    });

    it(`${name}: each try is told`, async () => {
      emulator.script({ error: { status: 503, code: 'Busy', message: 'Busy.' } }, { text: 'Here.' });
      const { seen, got } = await ask({ retry: { maxAttempts: 2, backoffMs: 1 } });
      assert.equal(got.text, 'Here.');
      assert.deepEqual(
        seen.order.filter((step) => step !== 'token'),
        [
          ...(seen.order[0] === 'token' ? ['200'] : []),
          ...['answer', '503', 'unavailable', 'wait 2', 'answer', '200', 'end'],
        ],
      );
      assert.deepEqual(
        seen.requests.filter(({ purpose }) => purpose === 'answer').map(({ attempt }) => attempt),
        [1, 2],
      );
    });
  }

  it('a fault of the observer does no harm', async () => {
    const connection: Connection = {
      protocol: 'openai',
      baseUrl: `${emulator.origin}/v1`,
      observer: {
        request() {
          throw new Error('Mine.');
        },
      },
    };
    const got = await collect(createChatModel(connection, 'any'), {
      messages: [{ role: 'user', content: 'Hi' }],
    });
    assert.equal(got.error, undefined);
  });
});
