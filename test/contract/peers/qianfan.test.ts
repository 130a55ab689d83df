/** Baidu's own JavaScript client against the emulator: Qianfan v1 by token and by signature, and v2. */

import assert from 'node:assert/strict';
import { demoIamKeys, type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import {
  type ChatBody as Body,
  ChatCompletion,
  type ClientOptions as Options,
} from '../../fixtures/peers/qianfan.mjs';
import { useLoopbackOnly } from './loopbackOnly.ts';

const messages: Body['messages'] = [{ role: 'user', content: '介绍长城' }];
const pieces = [' 长城', '很长，', '也很老。'];

describe('peer: @baiducloud/qianfan', () => {
  useLoopbackOnly();
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  const [[accessKey = '', secretKey = ''] = []] = Object.entries(demoIamKeys);
  const ways: Record<string, () => Options> = {
    'v1 by token': () => ({
      QIANFAN_AK: 'key',
      QIANFAN_SK: 'secret',
      QIANFAN_BASE_URL: emulator.origin,
      Endpoint: 'ngxxxol8_test1',
    }),
    'v1 by signature': () => ({
      QIANFAN_ACCESS_KEY: accessKey,
      QIANFAN_SECRET_KEY: secretKey,
      QIANFAN_BASE_URL: emulator.origin,
      Endpoint: 'ngxxxol8_test1',
    }),
    v2: () => ({
      version: 'v2',
      QIANFAN_BEARER_TOKEN: 'bce-v3/ALTAK-test/secret',
      QIANFAN_V2_BASE_URL: `${emulator.origin}/v2/chat/completions`,
    }),
  };

  const ask = (way: string, body: Partial<Body> = {}, options: Options = {}) =>
    create({ ...ways[way]?.(), ...options }).chat({ messages, ...body }, 'ernie-lite-8k');

  for (const way of Object.keys(ways)) {
    it(`${way}: reads an answer in one piece`, async () => {
      emulator.script({ match: { path: '/chat' }, pieces });
      assert.equal(textOf(await ask(way)), pieces.join(''));
    });

    it(`${way}: reads a stream`, async () => {
      emulator.script({ match: { path: '/chat' }, pieces });
      const texts: string[] = [];
      for await (const part of parts(await ask(way, { stream: true }))) {
        texts.push(textOf(part));
      }
      assert.deepEqual(
        texts.filter((text) => text !== ''),
        pieces,
      );
    });
  }

  it('v1 by token: asks for one token, with everything in the query', async () => {
    const client = create(ways['v1 by token']?.() ?? {});
    await client.chat({ messages });
    await client.chat({ messages });
    assert.deepEqual(
      emulator.requests.map(({ path }) => path),
      [
        '/oauth/2.0/token',
        '/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ngxxxol8_test1',
        '/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ngxxxol8_test1',
      ],
    );
    assert.equal(emulator.requests[0]?.bodyText, '');
  });

  it('v1 by token: is told that its secret is wrong', async () => {
    await assert.rejects(ask('v1 by token', {}, { QIANFAN_SK: 'invalid' }), /access token/);
    assert.equal(emulator.requests[0]?.refusal?.message, 'Client authentication failed');
  });

  it('v1 by token: is told that its token has expired', async () => {
    const client = create(ways['v1 by token']?.() ?? {});
    await client.chat({ messages });
    emulator.expireTokens();
    await assert.rejects(client.chat({ messages }), /"error_code":111/);
  });

  it('v1 by signature: is told that its key is unknown or its secret wrong', async () => {
    await assert.rejects(ask('v1 by signature', {}, { QIANFAN_ACCESS_KEY: 'another' }));
    assert.equal(emulator.requests.at(-1)?.refusal?.code, 'InvalidAccessKeyId');
    await assert.rejects(ask('v1 by signature', {}, { QIANFAN_SECRET_KEY: 'another' }));
    assert.equal(emulator.requests.at(-1)?.refusal?.code, 'SignatureDoesNotMatch');
  });

  const breaches: [string, Partial<Body>, number, string][] = [
    [
      'an even number of messages',
      { messages: [...messages, { role: 'assistant', content: 'a' }] },
      336006,
      'invalid_messages',
    ],
    ['a temperature beyond the range', { temperature: 3 }, 336003, 'invalid_argument'],
    ['five stop texts', { stop: ['1', '2', '3', '4', '5'] }, 336003, 'invalid_argument'],
  ];
  for (const [what, body, code, word] of breaches) {
    for (const way of ['v1 by token', 'v1 by signature']) {
      it(`${way}: is told about ${what}`, async () => {
        await assert.rejects(ask(way, body), new RegExp(`"error_code":${code}`));
      });
    }
    it(`v2: is told about ${what}`, async () => {
      await assert.rejects(ask('v2', body));
      assert.equal(emulator.requests[0]?.refusal?.code, word);
    });
  }

  it('v2: is told that its key is no key', async () => {
    await assert.rejects(ask('v2', {}, { QIANFAN_BEARER_TOKEN: 'sk-test' }), /401|invalid_iam_token/i);
  });
});

const create = (options: Options): ChatCompletion => new ChatCompletion(options);

/** The client returns a stream or a body by what was asked for. */
const parts = (answer: unknown): AsyncIterable<unknown> => answer as AsyncIterable<unknown>;

/** Of either version's body or stream part. */
function textOf(answer: unknown): string {
  const { result, choices } = answer as {
    result?: string;
    choices?: { message?: { content: string }; delta?: { content?: string } }[];
  };
  return result ?? choices?.[0]?.message?.content ?? choices?.[0]?.delta?.content ?? '';
}
