import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { mock } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import { checkLeaks, eventually } from '../support/leaks.ts';
import { type LoopbackServer, startServer, writeAll } from '../support/loopbackServer.ts';
import { ask, event, eventStream } from '../support/networkClient.ts';
import { nextClientEvent } from '../support/undiciEvents.ts';

const whole = event('你') + event('好🌉') + event('。', 'stop');

describe('a network that misbehaves', () => {
  const running: LoopbackServer[] = [];
  checkLeaks(() => Promise.all(running.splice(0).map((server) => server.dispose())));

  const serve = async (answer: (response: ServerResponse) => unknown): Promise<LoopbackServer> => {
    const server = await startServer(answer);
    running.push(server);
    return server;
  };
  /** Starts an answer. */
  const stream = (response: ServerResponse, text: string | Buffer = ''): void => {
    response.writeHead(200, eventStream);
    response.write(text);
  };
  const closesAll = (server: LoopbackServer): Promise<void> =>
    eventually(() => assert.equal(server.open, 0, 'the socket is closed'));

  const half = event('你') + event('好').slice(0, 90);
  const faults: [name: string, answer: (r: ServerResponse) => unknown, kind: ChatErrorKind, text: string][] =
    [
      ['stalls before the header', () => {}, 'timeout', ''],
      ['stalls after the header', (r) => r.writeHead(200, eventStream).flushHeaders(), 'timeout', ''],
      ['stalls inside an event', (r) => stream(r, half), 'timeout', '你'],
      ['resets before the header', (r) => r.socket?.resetAndDestroy(), 'network', ''],
      [
        'resets inside an event',
        async (r) => {
          const read = nextClientEvent('bodyChunkReceived');
          stream(r, half);
          await read;
          r.socket?.resetAndDestroy();
        },
        'network',
        '你',
      ],
      [
        'hangs up inside an event',
        async (r) => {
          const read = nextClientEvent('bodyChunkReceived');
          stream(r, half);
          await read;
          r.socket?.destroy();
        },
        'network',
        '你',
      ],
      ['ends inside an event', (r) => r.writeHead(200, eventStream).end(half), 'interrupted', '你'],
      ['sends no HTTP', (r) => r.socket?.end('SSH-2.0-OpenSSH_9.9\r\n'), 'protocol', ''],
      [
        'sends chunks that are none',
        (r) => r.socket?.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'),
        'protocol',
        '',
      ],
      [
        'ends before the length it promised',
        (r) => r.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n${half}`),
        'network',
        '你',
      ],
      [
        'ends before the last chunk',
        (r) =>
          r.socket?.end(
            `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nfff\r\n${half}`,
          ),
        'network',
        '你',
      ],
      [
        'says nothing of the length and hangs up',
        (r) => r.socket?.end(`HTTP/1.0 200 OK\r\n\r\n${half}`),
        'interrupted',
        '你',
      ],
    ];
  for (const [name, answer, kind, text] of faults) {
    it(`${name} → ${kind}`, async () => {
      const server = await serve(answer);
      // Only the limit that is to end it may be short: a busy machine reaches each.
      const limit = name === 'stalls inside an event' ? 'idleMs' : 'firstByteMs';
      const got = await ask(server.origin, { timeouts: kind === 'timeout' ? { [limit]: 150 } : {} });
      assert.deepEqual([got.error?.kind, got.text], [kind, text], got.error?.message);
      if (name !== 'ends inside an event') await closesAll(server);
    });
  }

  it('keeps the key and its echo out of the message', async () => {
    const server = await serve((response) => response.socket?.resetAndDestroy());
    const { error } = await ask(server.origin);
    assert.doesNotMatch(JSON.stringify(error) + String(error?.stack), /sk-network/);
  });

  it('takes comments for life: silence is limited, the whole is not', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const alive = async (response: ServerResponse): Promise<void> => {
        const read = nextClientEvent('bodyChunkReceived');
        response.write(': keep-alive\n\n');
        await read;
      };
      const server = await serve(async (response) => {
        stream(response);
        // Far beyond the limits, in steps below them.
        for (let step = 0; step < 10; step++) {
          await alive(response);
          mock.timers.tick(900);
        }
        response.end(whole);
      });
      const timeouts = { firstByteMs: 1000, idleMs: 1000 };
      const got = await ask(server.origin, { timeouts });
      assert.deepEqual([got.error?.message, got.text], [undefined, '你好🌉。']);
      const silent = await serve(async (response) => {
        stream(response);
        await alive(response);
        mock.timers.tick(1100);
      });
      assert.equal((await ask(silent.origin, { timeouts })).error?.kind, 'timeout');
    } finally {
      mock.timers.reset();
    }
  });

  it('reads one byte at a time', async () => {
    const server = await serve(async (response) => {
      response.socket?.setNoDelay(true);
      response.writeHead(200, eventStream);
      for (const byte of Buffer.from(whole)) {
        response.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
      response.end();
    });
    const got = await ask(server.origin);
    assert.deepEqual([got.error?.message, got.text, got.finish?.reason], [undefined, '你好🌉。', 'stop']);
  });

  it('refuses an event of 64 MB without reading it all', async () => {
    let sent = 0;
    const server = await serve(async (response) => {
      response.writeHead(200, eventStream);
      response.write('data:{"output":{"text":"');
      const piece = 'x'.repeat(65_536);
      while (sent < 64 * 2 ** 20 && !response.destroyed) {
        sent += piece.length;
        await writeAll(response, piece);
      }
      response.end('"}}\n\n');
    });
    let socket: Socket | undefined;
    const onConnected = (message: unknown): void => {
      socket = (message as { socket: Socket }).socket;
    };
    subscribe('undici:client:connected', onConnected);
    const memory = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external;
    const before = memory();
    const got = await ask(server.origin);
    const taken = memory() - before;
    unsubscribe('undici:client:connected', onConnected);
    assert.deepEqual([got.error?.kind, got.error?.code], ['protocol', 'too-large']);
    await closesAll(server);
    // What was read, and what the system holds for both ends.
    assert.ok(sent < 32 * 2 ** 20, `${sent} bytes were sent`);
    const read = socket?.bytesRead ?? 0;
    assert.ok(read > 8 * 2 ** 20 && read < 9 * 2 ** 20, `${read} bytes were read off the socket`);
    // All that was read, and what is not collected yet.
    assert.ok(taken < 64 * 2 ** 20, `${taken} bytes of memory were taken`);
  });

  it('accepts an event of a megabyte', async () => {
    const text = '桥'.repeat(2 ** 20);
    const server = await serve((response) => response.writeHead(200, eventStream).end(event(text, 'stop')));
    assert.equal((await ask(server.origin)).text, text);
  });

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const) {
    it(`${encoding}: whole, cut, and broken`, async () => {
      const bytes = compress(whole);
      const bodies: [Buffer, ChatErrorKind | undefined][] = [
        [bytes, undefined],
        [bytes.subarray(0, bytes.length - 30), 'interrupted'],
        [Buffer.from(whole), 'protocol'],
      ];
      for (const [body, kind] of bodies) {
        const server = await serve((response) =>
          response.writeHead(200, { ...eventStream, 'content-encoding': encoding }).end(body),
        );
        const got = await ask(server.origin);
        assert.equal(got.error?.kind, kind, got.error?.message);
        if (!kind) assert.equal(got.text, '你好🌉。');
      }
    });

    it(`${encoding}: one connection for turn after turn`, async () => {
      const server = await serve((response) =>
        response.writeHead(200, { ...eventStream, 'content-encoding': encoding }).end(compress(whole)),
      );
      for (let turn = 0; turn < 3; turn++) {
        const readWhole = nextClientEvent('trailers');
        assert.equal((await ask(server.origin)).text, '你好🌉。');
        await readWhole;
      }
      assert.equal(server.accepted, 1);
    });
  }

  it('keeps the connection after a long answer', async () => {
    const long = event('桥'.repeat(100_000)) + event('。', 'stop');
    let end = (): void => {};
    const server = await serve((response) => {
      stream(response, long);
      end = () => response.end();
    });
    for (let turn = 0; turn < 2; turn++) {
      const readWhole = nextClientEvent('trailers');
      assert.equal((await ask(server.origin)).error, undefined);
      end();
      await readWhole;
    }
    assert.equal(server.accepted, 1);
  });

  it('closes the connection when the server talks on after the end', async () => {
    const server = await serve(async (response) => {
      stream(response, whole);
      while (!response.destroyed) {
        await writeAll(response, ': more\n\n'.repeat(1000));
        await new Promise(setImmediate);
      }
    });
    assert.equal((await ask(server.origin)).text, '你好🌉。');
    await closesAll(server);
  });

  it('closes the connection when the server never ends the answer', async () => {
    const server = await serve((response) => stream(response, whole));
    assert.equal((await ask(server.origin)).text, '你好🌉。');
    await closesAll(server);
  });

  it('passes over early hints', async () => {
    const server = await serve((response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () =>
        response.writeHead(200, eventStream).end(whole),
      );
    });
    assert.equal((await ask(server.origin)).text, '你好🌉。');
  });

  it('leaves no listener on a signal that serves 50 requests', async () => {
    let asked = 0;
    const server = await serve((response) => {
      if (asked++ % 5 === 4) response.socket?.resetAndDestroy();
      else response.writeHead(200, eventStream).end(whole);
    });
    const { signal } = new AbortController();
    for (let i = 0; i < 50; i++) {
      const { error } = await ask(server.origin, { signal });
      assert.equal(error?.kind, i % 5 === 4 ? 'network' : undefined);
    }
    await eventually(() => assert.equal(getEventListeners(signal, 'abort').length, 0));
  });

  it('ends 50 requests at once when their signal says so', async () => {
    const server = await serve((response) => stream(response, event('你')));
    const stop = new AbortController();
    const asking = Array.from({ length: 50 }, () => ask(server.origin, { signal: stop.signal }));
    await eventually(() => assert.equal(server.requests.length, 50));
    stop.abort();
    for (const { error } of await Promise.all(asking)) assert.equal(error?.kind, 'aborted');
    await closesAll(server);
    await eventually(() => assert.equal(getEventListeners(stop.signal, 'abort').length, 0));
  });
});
