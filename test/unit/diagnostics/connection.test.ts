import assert from 'node:assert/strict';
import { acceptanceCheck } from '../../../src/diagnostics/host/acceptanceCheck.ts';
import { addressCheck } from '../../../src/diagnostics/host/addressCheck.ts';
import type { CheckStatus, Finding } from '../../../src/diagnostics/host/check.ts';
import { keyCheck } from '../../../src/diagnostics/host/keyCheck.ts';
import { showAddress } from '../../../src/diagnostics/host/target.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { startServer } from '../../support/loopbackServer.ts';
import { run, type TargetOptions, targetAt } from './targets.ts';

describe('diagnostics: a connection', () => {
  describe('key', () => {
    const judge = (options: TargetOptions, stored = true): Promise<Finding> =>
      run(keyCheck(targetAt('https://dashscope.aliyuncs.com', options), async () => stored));
    const dashscope = { provider: 'dashscope' as const };

    it('is there, and the report tells from where', async () => {
      const stored = await judge({ profile: dashscope });
      assert.equal(stored.status, 'ok');
      assert.match(stored.text, /secret storage/);
      assert.match((await judge({ profile: dashscope }, false)).text, /environment variable/);
    });

    it('is missing: a problem for the chosen connection only', async () => {
      const missing = await judge({ profile: dashscope, secrets: {} });
      assert.equal(missing.status, 'problem');
      assert.deepEqual(missing.next?.command?.arguments, ['test']);
      assert.equal((await judge({ profile: dashscope, secrets: {}, chosen: false })).status, 'skipped');
    });

    it('is not needed by a server of one’s own', async () => {
      assert.equal((await judge({ profile: { provider: 'ollama' }, secrets: {} })).status, 'ok');
    });

    it('lacks a part', async () => {
      const profile = { provider: 'qianfan-v1' as const };
      const { status, text } = await judge({ profile, secrets: { apiKey: 'an-application-key' } });
      assert.deepEqual([status, /secret key/.test(text)], ['problem', true]);
    });

    it('may begin otherwise than those of its platform', async () => {
      const profile = { provider: 'qianfan-v2' as const };
      const begun = (apiKey: string) => judge({ profile, secrets: { apiKey } });
      assert.equal((await begun('sk-0123456789')).status, 'warning');
      assert.equal((await begun('bce-v3/ALTAK-0123456789')).status, 'ok');
    });

    for (const [value, status] of [
      ['sk-0123 456789', 'problem'],
      ['sk-一二三四五六', 'problem'],
      ['sk-1', 'problem'],
      ['"sk-0123456789"', 'problem'],
      ['bce-v3/ALTAK-0123456789', 'warning'],
    ] as const) {
      it(`looks wrong: ${value}`, async () => {
        const found = await judge({ profile: dashscope, secrets: { apiKey: value } });
        assert.equal(found.status, status);
        assert.ok(!found.text.includes(value));
      });
    }
  });

  describe('address', () => {
    const judge = async (address: string, options: TargetOptions = {}): Promise<CheckStatus> =>
      (await run(addressCheck(targetAt(address, options)))).status;
    const native = { provider: 'dashscope' as const, baseUrl: undefined };

    it('is the platform’s own, with its region', async () => {
      const { status, text } = await run(
        addressCheck(targetAt('https://dashscope-intl.aliyuncs.com', { profile: native })),
      );
      assert.equal(status, 'ok');
      assert.match(text, /singapore/);
    });

    for (const [address, status] of [
      ['', 'problem'],
      ['dashscope.aliyuncs.com', 'problem'],
      ['ftp://example.com', 'problem'],
      ['http://example.com/v1', 'warning'],
      // `/v1` is added where the server wants it.
      ['https://example.com', 'ok'],
      ['https://example.com/v1', 'ok'],
      ['https://example.com/v1?key=secret', 'warning'],
      ['https://example.com/v1?api-version=2024-10-21', 'ok'],
      ['https://example.com/v1?api-version=1&code=secret', 'warning'],
      ['https://me:secret@example.com/v1', 'warning'],
      ['http://localhost:8000/v1', 'ok'],
    ] as const) {
      it(`${address || 'none'}: ${status}`, async () => assert.equal(await judge(address), status));
    }

    it('must not hold the path that the native protocol adds', async () => {
      const url = 'https://dashscope.aliyuncs.com/compatible-mode/v1';
      assert.equal(await judge(url, { profile: { ...native, baseUrl: url } }), 'warning');
    });

    it('is of a region that does not exist', async () => {
      const profile = { ...native, region: 'mars' };
      assert.equal(await judge('https://dashscope.aliyuncs.com', { profile }), 'problem');
    });

    it('is shown without what can be secret', () => {
      const shown = showAddress(new URL('https://me:pw@example.com:8443/v1/0a1b2c3d/models?token=t#f'));
      assert.equal(shown, 'https://example.com:8443/v1/…/models');
    });
  });

  describe('acceptance', () => {
    let emulator: Emulator;
    beforeEach(async () => {
      emulator = await startEmulator();
    });
    afterEach(() => emulator.dispose());
    const accepted = (provider: 'dashscope' | 'qianfan-v1' | 'openai', options: TargetOptions = {}) => {
      const address = provider === 'openai' ? `${emulator.origin}/v1` : emulator.origin;
      const target = targetAt(address, { ...options, profile: { ...options.profile, provider } });
      return run(acceptanceCheck(target, 'some-model'));
    };
    const askedQuestion = (): boolean =>
      emulator.requests.some(({ path }) => /completions|generation|\/chat\//.test(path));

    it('is found out by a list of models, also on DashScope’s native protocol', async () => {
      for (const provider of ['dashscope', 'openai'] as const) {
        const { status, text } = await accepted(provider);
        assert.equal(status, 'ok', text);
      }
      assert.deepEqual(
        emulator.requests.map(({ path }) => path).filter((path) => path !== '/'),
        ['/compatible-mode/v1/models', '/v1/models'],
      );
      assert.ok(!askedQuestion());
    });

    it('is found out by a token on Qianfan v1', async () => {
      const secrets = { apiKey: 'doctor-app-key', secretKey: 'doctor-app-secret' };
      assert.equal((await accepted('qianfan-v1', { secrets })).status, 'ok');
      assert.ok(!askedQuestion());
    });

    it('asks no question where nothing else would tell, and says so', async () => {
      const secrets = { accessKey: 'doctor-access-key', secretKey: 'doctor-secret-key' };
      const { status, next } = await accepted('qianfan-v1', { secrets, profile: { auth: 'iam' } });
      assert.equal(status, 'skipped');
      assert.match(next?.text ?? '', /cost/);
      assert.deepEqual(next?.command?.arguments, ['test/some-model']);
      assert.ok(!askedQuestion());
    });

    it('is refused, or cannot be told', async () => {
      const statuses: [number, CheckStatus][] = [
        [401, 'problem'],
        [429, 'warning'],
        [503, 'warning'],
        [404, 'skipped'],
      ];
      for (const [status, expected] of statuses) {
        const body = JSON.stringify({ error: { message: 'sk-echoed-secret', code: 'some_code' } });
        const server = await startServer((response) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(body);
        });
        const found = await run(acceptanceCheck(targetAt(`${server.origin}/v1`), undefined));
        await server.dispose();
        assert.equal(found.status, expected, `${status}: ${found.text}`);
        assert.doesNotMatch(`${found.text}${found.next?.text}`, /echoed/);
      }
    });

    it('is not asked of a server that is not there, nor without a key', async () => {
      assert.equal((await run(acceptanceCheck(targetAt('http://127.0.0.1:9/v1'), 'm'))).status, 'skipped');
      assert.equal((await accepted('dashscope', { secrets: {} })).status, 'skipped');
    });
  });
});
