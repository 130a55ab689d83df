import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import type { NetworkOptions } from '../../src/providers/connection.ts';
import { sendRequest } from '../../src/providers/http/http.ts';
import {
  authorityFile,
  type CertificateName,
  readAuthority,
  readCertificate,
} from '../support/certificates.ts';
import { checkLeaks, eventually } from '../support/leaks.ts';
import { type LoopbackServer, type ReceivedRequest, startServer } from '../support/loopbackServer.ts';
import { apiKey, ask, event, eventStream } from '../support/networkClient.ts';
import { type ForwardProxy, type ProxyOptions, startProxy } from '../support/proxy.ts';
import { nextClientEvent } from '../support/undiciEvents.ts';

const answer = (response: ServerResponse): void => {
  response.writeHead(200, eventStream).end(event('你') + event('好', 'stop'));
};
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const authority = readAuthority();

/** In another process, since certificates are read once. It ends although its connection stays open for longer than the limit. */
async function askElsewhere(origin: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const script = path.join(import.meta.dirname, '../support/askOnce.ts');
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [script, origin], { env, timeout: 28_000 });
  return stdout.trim();
}

describe('the way to the service', () => {
  const running: (LoopbackServer | ForwardProxy)[] = [];
  checkLeaks(() => Promise.all(running.splice(0).map((server) => server.dispose())));
  const serve = async (certificate?: CertificateName, listener = answer): Promise<LoopbackServer> => {
    const server = await startServer(listener, certificate && readCertificate(certificate));
    running.push(server);
    return server;
  };
  const proxy = async (options?: ProxyOptions): Promise<ForwardProxy> => {
    const started = await startProxy(options);
    running.push(started);
    return started;
  };

  const succeeds = async (url: string, network?: NetworkOptions): Promise<void> => {
    const { error, text } = await ask(url, { network });
    assert.deepEqual([error?.message, text], [undefined, '你好']);
  };
  /** Kind, code and status. */
  const fails = async (url: string, network?: NetworkOptions): Promise<unknown[]> => {
    const { error } = await ask(url, { network, timeouts: { connectMs: 30_000 } });
    assert.equal(error?.kind, 'network', error?.message);
    assert.doesNotMatch(`${error.message} ${error.stack}`, /secret|c2VjcmV0/);
    return [error.code, error.status];
  };

  describe('through a proxy', () => {
    const viaLoopback = '<-loopback>';

    for (const certificate of ['server', undefined] as const) {
      it(`tunnels to ${certificate ? 'https' : 'http'} and keeps the tunnel for the next turn`, async () => {
        const server = await serve(certificate);
        const started = await proxy({ port: server.port });
        const { address, asked } = started;
        const host = `${certificate ? 'https' : 'http'}://qiao.invalid`;
        const network = { proxyUrl: `http://${address}`, extraCertificates: [authority] };
        for (let turn = 0; turn < 3; turn++) {
          const readWhole = nextClientEvent('trailers');
          await succeeds(host, network);
          await readWhole;
        }
        assert.deepEqual(asked, [`qiao.invalid:${certificate ? 443 : 80}`]);
        assert.equal(started.plain, 0);
        assert.equal(server.accepted, 1);
        assert.equal(server.requests[0]?.headers.host, 'qiao.invalid');
        assert.equal(server.requests[0]?.headers['proxy-authorization'], undefined);
      });
    }

    it('shows user and password, from the URL or as given', async () => {
      const server = await serve('server');
      const { address } = await proxy({ authorization: basic('me:p@ss%secret'), port: server.port });
      const to = (network: NetworkOptions): NetworkOptions => ({
        extraCertificates: [authority],
        ...network,
      });
      const url = 'https://qiao.invalid';
      await succeeds(url, to({ proxyUrl: `http://me:p%40ss%25secret@${address}` }));
      await succeeds(url, to({ proxyUrl: `http://${address}`, proxyAuthorization: basic('me:p@ss%secret') }));
      await succeeds(
        url,
        to({ proxyUrl: `http://a:b@${address}`, proxyAuthorization: basic('me:p@ss%secret') }),
      );
      const refused = ['proxy-authentication', 407];
      assert.deepEqual(await fails(url, to({ proxyUrl: `http://${address}` })), refused);
      assert.deepEqual(await fails(url, to({ proxyUrl: `http://me:secret@${address}` })), refused);
      assert.deepEqual(await fails(url, to({ proxyUrl: `http://me@${address}` })), refused);
      assert.equal(server.requests.length, 3);
      assert.ok(server.requests.every(({ headers }) => headers['proxy-authorization'] === undefined));
    });

    it('never sends the key to a proxy that opens no tunnel', async () => {
      for (const url of ['http://qiao.invalid', 'https://qiao.invalid'])
        for (const refusal of [302, 400, 403, 405, 501, 'close'] as const) {
          const started = await proxy({ refusal });
          const status = refusal === 'close' ? undefined : refusal;
          const failure = await fails(url, { proxyUrl: `http://${started.address}` });
          assert.deepEqual(failure, ['proxy-refused', status]);
          const received = started.received.toString('latin1');
          const port = new URL(url).protocol === 'http:' ? 80 : 443;
          // One head, with nothing of the request in it, and not a byte behind it.
          assert.match(
            received,
            new RegExp(`^CONNECT qiao\\.invalid:${port} HTTP/1\\.1\\r\\n([^\\r\\n]+\\r\\n)+\\r\\n$`),
          );
          assert.doesNotMatch(received, /authorization/i);
          for (const form of [apiKey, encodeURIComponent(apiKey), Buffer.from(apiKey).toString('base64')])
            assert.ok(!received.includes(form), `${refusal}: ${form}`);
        }
    });

    it('asks once when the proxy hangs up', async () => {
      const { address, asked } = await proxy({ refusal: 'close' });
      const url = 'https://qiao.invalid';
      assert.deepEqual(await fails(url, { proxyUrl: address }), ['proxy-refused', undefined]);
      assert.equal(asked.length, 1);
    });

    it('counts the wait for a tunnel as connecting', async () => {
      const started = await proxy({ refusal: 'silence' });
      const { error } = await ask('https://qiao.invalid', {
        network: { proxyUrl: `http://${started.address}` },
        timeouts: { connectMs: 100 },
      });
      assert.equal(error?.kind, 'timeout');
      await eventually(() => assert.equal(started.open, 0));
    });

    it('stops at once while the tunnel is being opened; the socket goes within the limit', async () => {
      const started = await proxy({ refusal: 'silence' });
      const { address, asked } = started;
      const stop = new AbortController();
      const asking = ask('https://qiao.invalid', {
        network: { proxyUrl: `http://${address}` },
        timeouts: { connectMs: 10_000 },
        signal: stop.signal,
      });
      await eventually(() => assert.equal(asked.length, 1));
      stop.abort();
      assert.equal((await asking).error?.kind, 'aborted');
      assert.equal(started.open, 1, 'the limit has not been reached');
      await eventually(() => assert.equal(started.open, 0));
    });

    it('speaks TLS to the proxy when its address says so', async () => {
      const server = await serve();
      const { address } = await proxy({ port: server.port, certificate: readCertificate('server') });
      const proxyUrl = `https://${address.replace('127.0.0.1', 'localhost')}`;
      await succeeds('http://qiao.invalid', { proxyUrl, extraCertificates: [authority] });
      const [code] = await fails('http://qiao.invalid', { proxyUrl });
      assert.equal(code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    });

    it('goes round the proxy for listed hosts, and for this machine unless told otherwise', async () => {
      const server = await serve();
      const { address, asked } = await proxy();
      const proxyUrl = `http://${address}`;
      await succeeds(server.origin, { proxyUrl });
      await succeeds(server.origin, { proxyUrl, noProxy: `${viaLoopback},127.0.0.0/8` });
      assert.deepEqual(asked, []);
      await succeeds(server.origin, { proxyUrl, noProxy: viaLoopback });
      assert.deepEqual(asked, [`127.0.0.1:${server.port}`]);
    });

    it('names an address that is none, or of another kind', async () => {
      for (const proxyUrl of ['http://', 'socks5://user:secret@127.0.0.1:1', 'http://a b']) {
        assert.deepEqual(await fails('https://qiao.invalid', { proxyUrl }), ['proxy-address', undefined]);
      }
      const { address, dispose } = await proxy();
      await dispose();
      running.length = 0;
      assert.deepEqual(await fails('https://qiao.invalid', { proxyUrl: address }), [
        'ECONNREFUSED',
        undefined,
      ]);
    });

    it('forgets nothing of a proxy that changed: each has its own pool', async () => {
      const server = await serve();
      const first = await proxy({ port: server.port });
      const second = await proxy({ port: server.port });
      await succeeds('http://qiao.invalid', { proxyUrl: first.address });
      await succeeds('http://qiao.invalid', { proxyUrl: second.address });
      assert.deepEqual([first.asked.length, second.asked.length], [1, 1]);
    });
  });

  describe('certificates', () => {
    const table: [name: CertificateName, code: string, codeWithAuthority: string | undefined][] = [
      ['server', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined],
      ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      ['expired', 'CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
      ['elsewhere', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ];
    for (const [name, code, codeWithAuthority] of table) {
      it(`${name}: ${code}; with its authority: ${codeWithAuthority ?? 'accepted'}`, async () => {
        const server = await serve(name);
        const trusting = { extraCertificates: [authority] };
        assert.deepEqual(await fails(server.origin), [code, undefined]);
        if (codeWithAuthority)
          assert.deepEqual(await fails(server.origin, trusting), [codeWithAuthority, undefined]);
        else await succeeds(server.origin, trusting);
        assert.equal(server.requests.length, codeWithAuthority ? 0 : 1, 'no key goes to a stranger');
        await succeeds(server.origin, { strictSsl: false });
        await fails(server.origin);
        await eventually(() => assert.ok(server.open <= 2, 'only connections that can serve again stay'));
      });
    }

    it('holds through a tunnel too', async () => {
      const server = await serve('elsewhere');
      const { address } = await proxy({ port: server.port });
      const url = 'https://qiao.invalid';
      assert.deepEqual(await fails(url, { proxyUrl: address, extraCertificates: [authority] }), [
        'ERR_TLS_CERT_ALTNAME_INVALID',
        undefined,
      ]);
      await succeeds(url, { proxyUrl: address, strictSsl: false });
    });

    it('come from NODE_EXTRA_CA_CERTS and from the system too', async function () {
      const server = await serve('server');
      assert.equal(await askElsewhere(server.origin, {}), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      assert.equal(await askElsewhere(server.origin, { NODE_EXTRA_CA_CERTS: authorityFile }), '你好');
      // Only OpenSSL's idea of the system's store can be pointed elsewhere, and only where Node can read the store.
      if (process.platform !== 'linux' || !('getCACertificates' in tls)) this.skip();
      assert.equal(await askElsewhere(server.origin, { SSL_CERT_FILE: authorityFile }), '你好');
    });

    it('says what a chain lacks whose authority came along', async () => {
      const { cert, key } = readCertificate('server');
      const server = await startServer(answer, { cert: cert + authority, key });
      running.push(server);
      assert.deepEqual(await fails(server.origin), ['SELF_SIGNED_CERT_IN_CHAIN', undefined]);
    });
  });

  describe('other places', () => {
    it('takes no key to where a redirect points', async () => {
      const other = await serve();
      for (const status of [301, 302, 303, 307, 308]) {
        const server = await serve(undefined, (response) => {
          response.writeHead(status, { location: `${other.origin}/elsewhere` }).end('moved');
        });
        const { error } = await ask(server.origin);
        assert.deepEqual([error?.kind, error?.code, error?.status], ['protocol', 'redirect', status]);
        assert.equal(server.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
      }
      assert.deepEqual([other.accepted, other.requests.length], [0, 0]);
    });

    it('finds nobody listening', async () => {
      const server = await serve();
      await server.dispose();
      running.length = 0;
      assert.deepEqual(await fails(server.origin), ['ECONNREFUSED', undefined]);
      const { error } = await ask(`http://localhost:${server.port}`);
      assert.match(error?.message ?? '', /ECONNREFUSED.*127\.0\.0\.1|127\.0\.0\.1.*ECONNREFUSED/);
    });

    it('finds a server without TLS', async () => {
      const server = await serve();
      const [code] = await fails(server.origin.replace('http:', 'https:'));
      assert.match(String(code), /^(ERR_SSL_|EPROTO|ECONNRESET)/);
    });

    it('finds no such name', async () => {
      const [code] = await fails('https://qiao.invalid');
      assert.match(String(code), /^(ENOTFOUND|EAI_AGAIN)$/);
    });
  });

  it('fetches with GET and without a body', async () => {
    const list = (response: ServerResponse, request?: ReceivedRequest): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(request?.method);
    };
    const server = await serve(undefined, list);
    const response = await sendRequest(
      { method: 'GET', url: `${server.origin}/models`, headers: {} },
      { providerId: 'test', timeouts: undefined, signal: new AbortController().signal },
    );
    let body = '';
    for await (const chunk of response.body) body += String(chunk);
    assert.deepEqual([response.status, body], [200, 'GET']);
    assert.equal(server.requests[0]?.headers['content-length'], undefined);
  });
});
