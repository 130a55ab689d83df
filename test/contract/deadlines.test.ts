import assert from 'node:assert/strict';
import net, { type AddressInfo, type Socket } from 'node:net';
import { ChatError } from '../../src/llm/chatError.ts';
import type { Timeouts } from '../../src/providers/connection.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { collect } from '../support/collect.ts';
import { checkLeaks, eventually } from '../support/leaks.ts';
import { ask } from '../support/networkClient.ts';

const hint = 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n';
const headers = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n';
/** None of them ends a test. */
const long: Required<Timeouts> = { connectMs: 1e6, firstByteMs: 1e6, idleMs: 1e6, keepAliveMs: 1e6 };

interface RawServer {
  readonly port: number;
  readonly open: number;
  dispose(): Promise<void>;
}

describe('deadlines', () => {
  const running: RawServer[] = [];
  checkLeaks(() => Promise.all(running.splice(0).map((server) => server.dispose())));

  /** Calls `answer` once for each connection, with the first bytes that come. */
  const serve = async (answer: (socket: Socket) => void): Promise<RawServer> => {
    const sockets = new Set<Socket>();
    const server = net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const raw: RawServer = {
      port: (server.address() as AddressInfo).port,
      get open() {
        return sockets.size;
      },
      async dispose() {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
    running.push(raw);
    return raw;
  };
  const silent = (): void => {};
  /** Writes `text` again and again, in time to keep every limit on silence from being reached. */
  const drip =
    (text: string, before = '') =>
    (socket: Socket): void => {
      socket.write(before);
      const timer = setInterval(() => socket.write(text), 10);
      socket.on('close', () => clearInterval(timer));
    };

  const waits: [what: string, answer: (socket: Socket) => void, limit: Timeouts, scheme?: 'https'][] = [
    ['a TLS handshake', silent, { connectMs: 100 }, 'https'],
    ['the headers', silent, { firstByteMs: 100 }],
    ['the headers, behind early hints', drip(hint), { firstByteMs: 100 }],
    ['headers that come byte by byte', drip('x', 'HTTP/1.1 200 OK\r\nx-slow: '), { firstByteMs: 100 }],
    ['the first byte of the body', (socket) => socket.write(headers), { firstByteMs: 100 }],
    ['the rest of an answer', (socket) => socket.write(`${headers}data:`), { idleMs: 100 }],
    ['something of an answer', drip(': keep-alive\n\n', headers), { keepAliveMs: 100 }],
  ];
  it('waits no longer than the settings say', async () => {
    await Promise.all(
      waits.map(async ([what, answer, limit, scheme = 'http']) => {
        const server = await serve(answer);
        const got = await ask(`${scheme}://127.0.0.1:${server.port}`, { timeouts: { ...long, ...limit } });
        const kind = limit.keepAliveMs ? 'protocol' : 'timeout';
        assert.deepEqual([got.error?.kind, got.parts.length], [kind, 0], `${what}: ${got.error?.message}`);
        await eventually(() => assert.equal(server.open, 0, `${what}: the socket is closed`));
      }),
    );
  });

  it('waits no longer for a list of models or a token', async () => {
    const timeouts = { ...long, firstByteMs: 100 };
    for (const answer of [silent, drip(hint), drip('x', 'HTTP/1.1 200 OK\r\nx-slow: ')]) {
      const server = await serve(answer);
      const baseUrl = `http://127.0.0.1:${server.port}`;
      const { signal } = new AbortController();
      await assert.rejects(
        listModels({ protocol: 'openai', baseUrl, timeouts }, signal),
        (error) => error instanceof ChatError && error.kind === 'timeout',
      );
      const auth = { type: 'oauth', apiKey: 'key-0123456789', secretKey: 'secret-0123456789' } as const;
      const model = createChatModel({ protocol: 'qianfan-v1', baseUrl, auth, timeouts }, 'ernie');
      const { error } = await collect(model, { messages: [{ role: 'user', content: 'x' }] });
      assert.equal(error?.kind, 'timeout', error?.message);
    }
  });

  it('waits no longer for a proxy', async () => {
    for (const [answer, kind, limit] of [
      [silent, 'timeout', { connectMs: 100 }],
      [drip('x', 'HTTP/1.1 200 OK\r\nx-slow: '), 'timeout', { connectMs: 100 }],
      [drip(hint), 'network', {}],
      [drip(hint, 'HTTP/1.1 200 OK\r\n\r\n'), 'timeout', { firstByteMs: 100 }],
    ] as const) {
      const proxy = await serve(answer);
      const got = await ask('http://platform.test', {
        network: { proxyUrl: `http://127.0.0.1:${proxy.port}` },
        timeouts: { ...long, ...limit },
      });
      assert.equal(got.error?.kind, kind, got.error?.message);
      await eventually(() => assert.equal(proxy.open, 0));
    }
  });

  it('reads no more than 100 early hints', async () => {
    const server = await serve((socket) => void socket.write(hint.repeat(101)));
    const got = await ask(`http://127.0.0.1:${server.port}`, {
      timeouts: long,
      retry: { maxAttempts: 3, backoffMs: 1 },
    });
    assert.equal(got.error?.kind, 'protocol', got.error?.message);
    await eventually(() => assert.equal(server.open, 0));
  });

  it('reads the answer behind 100 early hints', async () => {
    const body = 'data:{"output":{"text":"好","finish_reason":"stop"}}\n\n';
    const server = await serve((socket) => void socket.end(hint.repeat(100) + headers + body));
    assert.equal((await ask(`http://127.0.0.1:${server.port}`, { timeouts: long })).text, '好');
  });

  it('takes a limit that no timer can hold for a long one', async () => {
    const server = await serve((socket) => void socket.end(`${headers}data:{"output":{"text":"好"}}\n\n`));
    const endless = { connectMs: 1e12, firstByteMs: 1e12, idleMs: 1e12, keepAliveMs: 1e12 };
    assert.equal((await ask(`http://127.0.0.1:${server.port}`, { timeouts: endless })).text, '好');
  });
});
