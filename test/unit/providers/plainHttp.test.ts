import assert from 'node:assert/strict';
import { checkPlainHttp, plainOrigin } from '../../../src/providers/http/plainHttp.ts';

/** address, the origin that a question is about */
const table: readonly [string, string | undefined][] = [
  ['https://dashscope.aliyuncs.com', undefined],
  ['https://10.0.0.1/v1', undefined],
  ['http://localhost:11434/v1', undefined],
  ['http://LOCALHOST', undefined],
  ['http://localhost.:8000', undefined],
  ['http://ollama.localhost/v1', undefined],
  ['http://ollama.localhost./v1', undefined],
  ['http://127.0.0.1', undefined],
  ['http://127.8.8.8:1', undefined],
  ['http://127.1/v1', undefined],
  ['http://0x7f.1', undefined],
  ['http://2130706433', undefined],
  ['http://[::1]:8000/v1', undefined],
  ['http://[0:0:0:0:0:0:0:1]', undefined],
  ['http://[::ffff:127.0.0.1]', undefined],
  ['no address', undefined],
  ['', undefined],
  ['ftp://host', undefined],
  ['http://gateway.corp/v1', 'http://gateway.corp'],
  ['  http://Gateway.Corp:80/v1 ', 'http://gateway.corp'],
  ['http://user:password@gateway.corp:8080', 'http://gateway.corp:8080'],
  ['http://192.168.1.20:8000/v1', 'http://192.168.1.20:8000'],
  ['http://10.0.0.1', 'http://10.0.0.1'],
  ['http://172.16.0.1', 'http://172.16.0.1'],
  ['http://169.254.1.1', 'http://169.254.1.1'],
  ['http://0.0.0.0:8000', 'http://0.0.0.0:8000'],
  ['http://128.0.0.1', 'http://128.0.0.1'],
  ['http://[fe80::1]', 'http://[fe80::1]'],
  ['http://[fd00::1]:8000', 'http://[fd00::1]:8000'],
  ['http://[::ffff:10.0.0.1]', 'http://[::ffff:a00:1]'],
  ['http://localhost.example', 'http://localhost.example'],
  ['http://localhost@gateway.corp', 'http://gateway.corp'],
  ['http://127.0.0.1.example', 'http://127.0.0.1.example'],
  ['http://xn--localhost-xx', 'http://xn--localhost-xx'],
];

describe('an address without encryption', () => {
  for (const [address, origin] of table)
    it(`${address}: ${origin ?? 'no question'}`, () => assert.equal(plainOrigin(address), origin));

  const { signal } = new AbortController();
  const check = async (url: string, headers: Record<string, string>, allowed: boolean): Promise<string[]> => {
    const asked: string[] = [];
    const allowPlainHttp = (origin: string): boolean => {
      asked.push(origin);
      return allowed;
    };
    const options = { providerId: 'openai', signal, network: { allowPlainHttp } };
    await checkPlainHttp({ url, headers }, options);
    return asked;
  };

  it('is asked about only where the request proves who asks', async () => {
    assert.deepEqual(await check('http://gateway.corp/v1', { accept: '*/*' }, false), []);
    assert.deepEqual(await check('https://gateway.corp/v1', { authorization: 'Bearer x' }, false), []);
    assert.deepEqual(await check('http://gateway.corp/v1', { authorization: 'Bearer x' }, true), [
      'http://gateway.corp',
    ]);
  });

  it('gets nothing without a yes', async () => {
    for (const [url, headers] of [
      ['http://gateway.corp/v1', { authorization: 'Bearer x' }],
      ['http://gateway.corp/v1', { 'x-api-key': 'x' }],
      ['http://gateway.corp/?access_token=x', {}],
      ['http://me:password@gateway.corp/', {}],
    ] as const)
      await assert.rejects(check(url, headers, false), { kind: 'invalid-request', code: 'plain-http' });
  });

  it('is not waited for when the request is stopped', async () => {
    const controller = new AbortController();
    const network = { allowPlainHttp: () => new Promise<boolean>(() => {}) };
    const request = { url: 'http://gateway.corp', headers: { authorization: 'Bearer x' } };
    const done = checkPlainHttp(request, { providerId: 'openai', signal: controller.signal, network });
    controller.abort();
    await assert.rejects(done, { name: 'AbortError' });
  });
});
