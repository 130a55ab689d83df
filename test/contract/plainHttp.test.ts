// Whatever carries a key asks before it goes over http:// to another machine.
import assert from 'node:assert/strict';
import type { NetworkOptions } from '../../src/providers/connection.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { collect } from '../support/collect.ts';
import { type LoopbackServer, startServer } from '../support/loopbackServer.ts';
import { secretConnections } from '../support/secretConnections.ts';

describe('a key on its way to another machine', () => {
  /** Every request goes to it, as to a proxy; it opens no tunnel. */
  let proxy: LoopbackServer;
  const asked: string[] = [];
  let allowed = false;
  const network = (): NetworkOptions => ({
    proxyUrl: proxy.origin,
    allowPlainHttp(origin) {
      asked.push(origin);
      return allowed;
    },
  });
  before(async () => {
    proxy = await startServer((response) => response.end());
  });
  after(() => proxy.dispose());
  beforeEach(() => {
    asked.length = 0;
  });

  const origin = 'http://gateway.invalid:8000';
  for (const { name, connect } of secretConnections.all) {
    it(`${name}: is not sent without encryption unless that is allowed`, async () => {
      const connection: Connection = { ...connect(origin), network: network() };
      const request = { messages: [{ role: 'user' as const, content: 'Hi' }] };
      const before = proxy.accepted;
      allowed = false;
      const { error } = await collect(createChatModel(connection, 'm'), request);
      assert.deepEqual([error?.kind, error?.code, asked], ['invalid-request', 'plain-http', [origin]]);
      assert.equal(proxy.accepted, before, 'nothing was sent');
      allowed = true;
      const tried = await collect(createChatModel(connection, 'm'), request);
      assert.notEqual(tried.error?.code, 'plain-http');
      assert.ok(proxy.accepted > before);
    });
  }

  it('asks for no list of models either', async () => {
    allowed = false;
    const connection = { protocol: 'openai' as const, baseUrl: `${origin}/v1`, network: network() };
    const { signal } = new AbortController();
    await assert.rejects(listModels({ ...connection, apiKey: 'sk-1234567' }, signal), { code: 'plain-http' });
    const before = proxy.accepted;
    await assert.rejects(listModels(connection, signal), { kind: 'network' });
    assert.ok(proxy.accepted > before, 'what has no key is sent');
  });
});
