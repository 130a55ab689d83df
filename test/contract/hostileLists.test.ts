import assert from 'node:assert/strict';
import { parseCatalog } from '../../src/connections/host/catalog/parseCatalog.ts';
import { ChatError, type ChatErrorKind } from '../../src/llm/chatError.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { collect } from '../support/collect.ts';
import { assertCpuWithin } from '../support/cpuTime.ts';
import { type LoopbackServer, startServer } from '../support/loopbackServer.ts';

const million = 1_000_000;

describe('what servers send beside answers', () => {
  let server: LoopbackServer;
  let body = '';
  before(async () => {
    server = await startServer((response) => response.writeHead(200).end(body));
  });
  after(() => server.dispose());
  const list = (): Promise<string[]> =>
    listModels({ protocol: 'openai', baseUrl: server.origin }, new AbortController().signal);
  const fails = (kind: ChatErrorKind) => (error: unknown) =>
    error instanceof ChatError && error.kind === kind;

  it('offers no more models than anybody would choose from', async () => {
    const models = Array.from({ length: 20_000 }, (_, index) => ({ id: `m${index}` }));
    body = JSON.stringify({ data: models });
    const ids = await list();
    assert.deepEqual([ids.length, ids[0], ids.at(-1)], [10_000, 'm0', 'm9999']);
  });

  it('reads no list of models that is made to exhaust it', async () => {
    for (const data of [`[${'{},'.repeat(million)}{}]`, '['.repeat(million), '{"a":'.repeat(million)]) {
      body = `{"data":${data}}`;
      await assert.rejects(list(), fails('protocol'));
    }
    body = JSON.stringify({ data: [{ id: 'x'.repeat(million) }] });
    await assert.rejects(list(), fails('protocol'));
  });

  it('reads no token that is made to exhaust it', async () => {
    for (const text of [`{"access_token":${'['.repeat(60_000)}`, `[${'{},'.repeat(20_000)}{}]`, '"x"']) {
      body = text;
      const auth = { type: 'oauth', apiKey: 'key-0123456789', secretKey: 'secret-0123456789' } as const;
      const model = createChatModel({ protocol: 'qianfan-v1', baseUrl: server.origin, auth }, 'ernie');
      const { error } = await collect(model, { messages: [{ role: 'user', content: 'x' }] });
      assert.equal(error?.kind, 'protocol');
    }
  });

  it('reads no catalog that is made to exhaust it', () => {
    for (const text of [
      `{"version":1,"models":[${'{},'.repeat(million)}{}]}`,
      `{"version":1,"models":[${'{},'.repeat(100_000)}{}]}`,
      `{"version":1,"models":${'['.repeat(million)}`,
      `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`)}}`,
      `{"${'x'.repeat(million)}":1}`,
    ]) {
      let message = '';
      const parse = (): void =>
        assert.throws(
          () => parseCatalog(text),
          (error: Error) => {
            message = error.message;
            return true;
          },
        );
      assertCpuWithin(2000, parse, text.slice(0, 30));
      assert.ok(message.length < 3000, `a message of ${message.length} characters`);
    }
  });
});
