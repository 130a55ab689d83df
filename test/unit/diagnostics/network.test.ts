import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { CheckStatus } from '../../../src/diagnostics/host/check.ts';
import { clockCheck, clockSkew } from '../../../src/diagnostics/host/clockCheck.ts';
import { dnsCheck } from '../../../src/diagnostics/host/dnsCheck.ts';
import { proxyCheck } from '../../../src/diagnostics/host/proxyCheck.ts';
import { serverCheck } from '../../../src/diagnostics/host/serverCheck.ts';
import type { Target } from '../../../src/diagnostics/host/target.ts';
import { tlsCheck } from '../../../src/diagnostics/host/tlsCheck.ts';
import { type CertificateName, readAuthority, readCertificate } from '../../support/certificates.ts';
import { type LoopbackServer, startServer } from '../../support/loopbackServer.ts';
import { type ForwardProxy, type ProxyOptions, startProxy } from '../../support/proxy.ts';
import { key, run, targetAt } from './targets.ts';

const viaLoopback = '<-loopback>';

describe('diagnostics: the way to the server', () => {
  const running: (LoopbackServer | ForwardProxy)[] = [];
  afterEach(() => Promise.all(running.splice(0).map((one) => one.dispose())));

  const serve = async (certificate?: CertificateName, skewMs = 0): Promise<LoopbackServer> => {
    const answer = (response: ServerResponse): void => {
      response.setHeader('date', new Date(Date.now() + skewMs).toUTCString());
      response.writeHead(404).end('nothing');
    };
    const server = await startServer(answer, certificate && readCertificate(certificate));
    running.push(server);
    return server;
  };
  const proxy = async (options: ProxyOptions): Promise<ForwardProxy> => {
    const started = await startProxy(options);
    running.push(started);
    return started;
  };
  /** Of DNS, TCP, TLS, clock. */
  const statuses = async (target: Target): Promise<CheckStatus[]> => {
    const checks = [dnsCheck(target), serverCheck(target), tlsCheck(target), clockCheck(target)];
    return (await Promise.all(checks.map(run))).map(({ status }) => status);
  };

  it('finds a sound server in order, with one request and no key', async () => {
    const server = await serve('server');
    const network = { extraCertificates: [readAuthority()] };
    const target = targetAt(server.origin.replace('127.0.0.1', 'localhost'), { network });
    assert.deepEqual(await statuses(target), ['ok', 'ok', 'ok', 'ok']);
    assert.equal(server.requests.length, 1);
    assert.doesNotMatch(JSON.stringify(server.requests), new RegExp(key));
  });

  it('finds a name without an address', async () => {
    const target = targetAt('https://qiao-doctor.invalid/v1');
    const { status, text, next } = await run(dnsCheck(target));
    assert.equal(status, 'problem');
    assert.match(text, /qiao-doctor\.invalid.*(ENOTFOUND|EAI_AGAIN)/);
    assert.ok(next?.text);
    assert.deepEqual(await statuses(target), ['problem', 'skipped', 'skipped', 'skipped']);
  });

  it('finds nobody listening, and knows what Ollama needs', async () => {
    const server = await serve();
    await server.dispose();
    running.length = 0;
    const { status, text, next } = await run(serverCheck(targetAt(server.origin)));
    assert.equal(status, 'problem');
    assert.match(text, /ECONNREFUSED/);
    assert.equal(next?.command?.command, 'qiao.manageConnections');
    const ollama = await run(serverCheck(targetAt(server.origin, { profile: { provider: 'ollama' } })));
    assert.match(ollama.next?.text ?? '', /ollama serve/);
  });

  it('looks up no name where there is none, or where the proxy does it', async () => {
    assert.equal((await run(dnsCheck(targetAt('http://[::1]:9/v1')))).status, 'skipped');
    const network = { proxyUrl: 'http://127.0.0.1:9' };
    assert.equal((await run(dnsCheck(targetAt('https://qiao.invalid', { network })))).status, 'skipped');
    assert.equal((await run(serverCheck(targetAt('https://qiao.invalid', { network })))).status, 'skipped');
  });

  describe('certificates', () => {
    const faults: [CertificateName, RegExp][] = [
      ['server', /UNABLE_TO_VERIFY_LEAF_SIGNATURE.*“.+”.*\d{4}-\d\d-\d\d/],
      ['selfSigned', /DEPTH_ZERO_SELF_SIGNED_CERT/],
      ['expired', /CERT_HAS_EXPIRED/],
      ['elsewhere', /ERR_TLS_CERT_ALTNAME_INVALID/],
    ];
    for (const [name, pattern] of faults) {
      it(`names what is wrong with ${name}`, async () => {
        const server = await serve(name);
        const extraCertificates = name === 'server' || name === 'selfSigned' ? [] : [readAuthority()];
        const target = targetAt(server.origin, { network: { extraCertificates } });
        const { status, text, next } = await run(tlsCheck(target));
        assert.equal(status, 'problem');
        assert.match(text, pattern);
        assert.ok(next?.text);
      });
    }

    it('finds a server that does not speak TLS', async () => {
      const server = await serve();
      const { status } = await run(tlsCheck(targetAt(server.origin.replace('http:', 'https:'))));
      assert.equal(status, 'problem');
    });

    it('has nothing to check on http', async () => {
      const server = await serve();
      assert.equal((await run(tlsCheck(targetAt(server.origin)))).status, 'skipped');
    });
  });

  describe('proxy', () => {
    const host = 'https://qiao.invalid/v1';

    it('says that there is none, or that this host goes around it', async () => {
      const server = await serve();
      const network = { proxyUrl: 'http://127.0.0.1:9' };
      for (const target of [targetAt(server.origin), targetAt(server.origin, { network })]) {
        assert.equal((await run(proxyCheck(target, 'the setting'))).status, 'ok');
      }
    });

    it('goes through one, and checks certificate and clock behind it', async () => {
      const server = await serve('server', -120_000);
      const authorization = `Basic ${Buffer.from('me:pass-secret').toString('base64')}`;
      const { address, asked } = await proxy({ port: server.port, authorization });
      const network = {
        proxyUrl: `http://me:pass-secret@${address}`,
        extraCertificates: [readAuthority()],
        noProxy: viaLoopback,
      };
      const target = targetAt(host, { network });
      const { status, text } = await run(proxyCheck(target, 'the setting'));
      assert.equal(status, 'ok', text);
      assert.match(text, /the setting/);
      assert.doesNotMatch(text, /secret|me:/);
      assert.deepEqual(await statuses(target), ['skipped', 'skipped', 'ok', 'warning']);
      assert.deepEqual(asked, ['qiao.invalid:443']);
    });

    for (const [refusal, pattern] of [
      [407, /407/],
      [403, /403/],
      ['close', /./],
    ] as const) {
      it(`is refused by one (${refusal})`, async () => {
        const { address } = await proxy({ refusal });
        const target = targetAt(host, { network: { proxyUrl: `http://${address}` } });
        const { status, text, next } = await run(proxyCheck(target, 'the setting'));
        assert.equal(status, 'problem');
        assert.match(text, pattern);
        assert.equal(next?.command?.command, 'workbench.action.openSettings');
      });
    }

    it('cannot reach one, or cannot use its address', async () => {
      for (const proxyUrl of [
        'http://127.0.0.1:9',
        'socks5://127.0.0.1:9',
        'http://qiao-proxy.invalid:8080',
      ]) {
        const target = targetAt(host, { network: { proxyUrl } });
        assert.equal((await run(proxyCheck(target, 'the setting'))).status, 'problem', proxyUrl);
      }
    });

    it('leads to the connection when the proxy is its own', async () => {
      const target = targetAt(host, {
        network: { proxyUrl: 'http://127.0.0.1:9' },
        profile: { proxy: 'http://127.0.0.1:9' },
      });
      const { next } = await run(proxyCheck(target, 'the setting'));
      assert.equal(next?.command?.command, 'qiao.manageConnections');
    });
  });

  describe('clock', () => {
    const judge = async (skewMs: number, signed = false): Promise<[CheckStatus, string]> => {
      const server = await serve(undefined, skewMs);
      const profile = signed ? { provider: 'qianfan-v1' as const, auth: 'iam' as const } : {};
      const { status, text } = await run(clockCheck(targetAt(server.origin, { profile })));
      return [status, text];
    };

    it('agrees with the server’s within a minute', async () => {
      assert.equal((await judge(0))[0], 'ok');
      assert.equal((await judge(-30_000))[0], 'ok');
    });

    it('is ahead or behind', async () => {
      assert.deepEqual(await judge(-3_600_000).then(([, text]) => /ahead.*60 minutes/.test(text)), true);
      assert.deepEqual(await judge(3_600_000).then(([, text]) => /behind.*60 minutes/.test(text)), true);
    });

    it('matters most where requests are signed', async () => {
      assert.equal((await judge(-120_000))[0], 'warning');
      assert.equal((await judge(-120_000, true))[0], 'problem');
      assert.equal((await judge(-3_600_000))[0], 'problem');
    });

    it('counts only what no delay explains', () => {
      const told = Date.parse('Wed, 25 Nov 2026 03:00:00 GMT');
      const date = new Date(told).toUTCString();
      assert.equal(clockSkew(date, told - 9000, told + 500), 0);
      assert.equal(clockSkew(date, told + 900, told + 9000), 0);
      assert.equal(clockSkew(date, told + 61_999, told + 62_100), 61);
      assert.equal(clockSkew(date, told - 70_000, told - 61_000), -61);
      assert.equal(clockSkew('yesterday', 0, 0), undefined);
      assert.equal(clockSkew(undefined, 0, 0), undefined);
    });
  });
});
