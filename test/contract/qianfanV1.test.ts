import assert from 'node:assert/strict';
import {
  type Emulator,
  type EmulatorOptions,
  type ScriptStep,
  startEmulator,
} from '../../src/emulator/index.ts';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import type { ChatMessage, ModelParameters } from '../../src/llm/chatModel.ts';
import { createChatModel, type QianfanV1Connection } from '../../src/providers/index.ts';
import { normalizeMessages } from '../../src/providers/qianfanV1/qianfanV1.ts';
import { type Collected, collect } from '../support/collect.ts';

const endpoint = 'ngxxxol8_test1';
const question: ChatMessage[] = [{ role: 'user', content: 'Hello 你好' }];
const iam = { accessKey: '0123456789abcdef0123456789abcdef', secretKey: 'fedcba9876543210fedcba9876543210' };

describe('Qianfan v1 against the emulator', () => {
  let emulator: Emulator;
  let app = 0;
  let auth: QianfanV1Connection['auth'];

  const start = async (options: EmulatorOptions = {}): Promise<void> => {
    await emulator?.dispose();
    emulator = await startEmulator({ pace: 0, iamKeys: { [iam.accessKey]: iam.secretKey }, ...options });
    // Tokens are shared by all of a process: an app of its own for every test.
    app++;
    auth = { type: 'oauth', apiKey: `app-key-${app}`, secretKey: `app-secret-${app}` };
  };
  beforeEach(() => start());
  afterEach(() => emulator.dispose());

  const ask = (
    options: {
      messages?: ChatMessage[];
      parameters?: ModelParameters;
      connection?: Partial<QianfanV1Connection>;
      endpoint?: string;
    } = {},
  ): Promise<Collected> => {
    const connection: QianfanV1Connection = {
      protocol: 'qianfan-v1',
      baseUrl: emulator.origin,
      auth,
      ...options.connection,
    };
    return collect(createChatModel(connection, options.endpoint ?? endpoint), {
      messages: options.messages ?? question,
      parameters: options.parameters,
    });
  };
  const chats = () => emulator.requests.filter(({ path }) => path.includes('/chat/'));
  const tokens = () => emulator.requests.filter(({ path }) => path === '/oauth/2.0/token');

  for (const stream of [true, false]) {
    it(`answers by token, ${stream ? 'streamed' : 'in one piece'}`, async () => {
      emulator.script({ pieces: [' First.', ' 第二句。', ' End 🌉'] });
      const got = await ask({ parameters: { stream } });
      assert.equal(got.error, undefined);
      assert.equal(got.text, ' First. 第二句。 End 🌉');
      assert.equal(got.finish?.reason, 'stop');
      assert.ok(got.finish?.usage?.totalTokens);
      assert.ok(got.finish?.requestId);
      assert.equal(chats()[0]?.path, `/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/${endpoint}`);
      assert.deepEqual(chats()[0]?.warnings, []);
    });
  }

  it('answers to signed requests, and to a token that was given', async () => {
    const signed = await ask({ connection: { auth: { type: 'iam', ...iam } } });
    assert.equal(signed.error, undefined);
    assert.equal(chats()[0]?.query.access_token, undefined);
    assert.match(String(chats()[0]?.headers.authorization), /^bce-auth-v1\/.*\/host;x-bce-date\//);
    await start({ accessTokens: ['24.given'] });
    const given = await ask({ connection: { auth: { type: 'access-token', accessToken: '24.given' } } });
    assert.equal(given.error, undefined);
    assert.equal(tokens().length, 0);
  });

  it('fetches one token for many requests, and none for the next', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => ask()));
    assert.ok(all.every(({ error }) => error === undefined));
    assert.equal(tokens().length, 1);
    await ask();
    assert.equal(tokens().length, 1);
  });

  it('renews a token before it ends', async () => {
    await start({ tokenLifetimeSeconds: 30 });
    await ask();
    await ask();
    assert.equal(tokens().length, 2);
  });

  it('renews a refused token once, for all who were refused', async () => {
    await ask();
    emulator.expireTokens();
    const all = await Promise.all(Array.from({ length: 5 }, () => ask()));
    assert.ok(all.every(({ error }) => error === undefined));
    assert.equal(tokens().length, 2);
  });

  it('gives up when the new token is refused too', async () => {
    const refused: ScriptStep = {
      error: { status: 200, code: '110', message: 'Access token invalid or no longer valid' },
      times: 'always',
    };
    emulator.script({ ...refused, match: { path: '/chat/' } });
    const { error } = await ask();
    assert.deepEqual([error?.kind, error?.code], ['unauthorized', '110']);
    assert.equal(chats().length, 2);
    assert.ok(tokens().length <= 2);
  });

  it('does not renew a token that was given', async () => {
    await start({ accessTokens: [] });
    const { error } = await ask({ connection: { auth: { type: 'access-token', accessToken: '24.old' } } });
    assert.equal(error?.kind, 'unauthorized');
    assert.equal(chats().length, 1);
  });

  it('tells a wrong pair of keys and a wrong signature', async () => {
    const wrongPair = await ask({
      connection: { auth: { type: 'oauth', apiKey: 'invalid-key', secretKey: 'nonsense-secret' } },
    });
    assert.equal(wrongPair.error?.kind, 'unauthorized');
    assert.equal(wrongPair.error?.code, 'invalid_client');
    const wrongSignature = await ask({
      connection: { auth: { type: 'iam', accessKey: iam.accessKey, secretKey: 'wrong-secret' } },
    });
    assert.equal(wrongSignature.error?.kind, 'unauthorized');
    assert.doesNotMatch(String(wrongSignature.error?.message), /wrong-secret/);
  });

  it('keeps the rules for the user: roles in turn, no system role, nothing empty', async () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'one?' },
      { role: 'user', content: 'and more?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'two?' },
    ];
    assert.equal((await ask({ messages })).error, undefined);
    assert.deepEqual(JSON.parse(chats()[0]?.bodyText ?? '').messages, [
      { role: 'user', content: 'Be brief.\n\none?\n\nand more?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'two?' },
    ]);
  });

  it('drops the oldest pairs until the rest fits, and refuses a question that never will', async () => {
    const long = '长'.repeat(2000);
    const messages: ChatMessage[] = [
      { role: 'system', content: 'S' },
      { role: 'user', content: long },
      { role: 'assistant', content: long },
      { role: 'user', content: long },
      { role: 'assistant', content: 'kept' },
      { role: 'user', content: 'now' },
    ];
    assert.deepEqual(
      normalizeMessages(messages).map(({ content }) => content.slice(0, 4)),
      ['S\n\n长', 'kept', 'now'],
    );
    assert.equal((await ask({ messages })).error, undefined);
    const { error } = await ask({ messages: [{ role: 'user', content: '长'.repeat(4801) }] });
    assert.equal(error?.kind, 'context-too-long');
    assert.equal(chats().length, 1);
  });

  it('sends the parameters of the page in its names, and refuses others before sending', async () => {
    const parameters: ModelParameters = {
      temperature: 0.5,
      topP: 0.5,
      topK: 3,
      repetitionPenalty: 1.5,
      stop: 'END',
    };
    await ask({ parameters });
    const { temperature, top_p, top_k, penalty_score, stop } = JSON.parse(chats()[0]?.bodyText ?? '');
    assert.deepEqual([temperature, top_p, top_k, penalty_score, stop], [0.5, 0.5, 3, 1.5, ['END']]);
    for (const bad of [
      { temperature: 0 },
      { temperature: 1.1 },
      { topK: 0 },
      { repetitionPenalty: 0.9 },
      { stop: ['a', 'b', 'c', 'd', 'e'] },
      { stop: ['x'.repeat(21)] },
    ]) {
      assert.equal((await ask({ parameters: bad })).error?.kind, 'invalid-request', JSON.stringify(bad));
    }
    assert.equal(chats().length, 1);
  });

  it('reads events without blank lines, and bare error lines', async () => {
    emulator.script({ pieces: ['a', 'b', 'c'], blankLines: false });
    assert.equal((await ask()).text, 'abc');
    const error = {
      status: 200,
      code: '336100',
      message: 'overload',
      afterPieces: 1,
      framing: 'line' as const,
    };
    emulator.script({ pieces: ['a', 'b'], error });
    const broken = await ask();
    assert.deepEqual([broken.text, broken.error?.kind, broken.error?.code], ['a', 'unavailable', '336100']);
  });

  it('takes its word for an ordinary end as one', async () => {
    const sentence = { result: 'a', sentence_id: 0, is_end: true, finish_reason: 'normal' };
    emulator.script({
      match: { path: '/chat/' },
      response: {
        headers: { 'content-type': 'text/event-stream' },
        body: `data: ${JSON.stringify(sentence)}\n\n`,
      },
    });
    assert.equal((await ask()).finish?.reason, 'stop');
  });

  const codes: [number, ChatErrorKind][] = [
    [2, 'unavailable'],
    [3, 'model-not-found'],
    [6, 'unauthorized'],
    [17, 'quota'],
    [18, 'rate-limited'],
    [19, 'quota'],
    [336003, 'invalid-request'],
    [336007, 'context-too-long'],
    [336100, 'unavailable'],
    [336103, 'context-too-long'],
    [336501, 'rate-limited'],
  ];
  for (const [code, kind] of codes) {
    it(`error ${code} under status 200 → ${kind}`, async () => {
      emulator.script({
        match: { path: '/chat/' },
        error: { status: 200, code: String(code), message: 'm' },
      });
      const { error } = await ask();
      assert.deepEqual([error?.kind, error?.code, error?.message], [kind, String(code), 'm']);
    });
  }

  it('never shows a key or token', async () => {
    await ask();
    const token = chats()[0]?.query.access_token ?? '-';
    const secretKey = auth.type === 'oauth' ? auth.secretKey : '-';
    const match = { path: '/chat/' };
    emulator.script({ match, error: { status: 200, code: '336000', message: `echo ${token} ${secretKey}` } });
    const { error } = await ask();
    assert.equal(error?.message, 'echo *** ***');
    emulator.script({ match, pieces: ['echo ', token.slice(0, 9), `${token.slice(9)} `, secretKey, '.'] });
    assert.equal((await ask()).text, 'echo *** ***.');
    // Nor a token that was refused and renewed, which no request carries any more.
    emulator.script(
      { match, error: { status: 200, code: '110', message: 'Access token invalid or no longer valid' } },
      { match, text: `echo ${token}.` },
    );
    assert.equal((await ask()).text, 'echo ***.');
    assert.notEqual(chats().at(-1)?.query.access_token, token);
  });
});

describe('Qianfan v1 moderation', () => {
  it('becomes an outcome of the answer', async () => {
    const emulator = await startEmulator({ pace: 0, accessTokens: ['24.t'] });
    const body =
      'data: {"id":"as-1","result":"换个话题吧。","sentence_id":0,"is_end":true,"need_clear_history":true,"ban_round":-1,"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}\n\n';
    emulator.script({ response: { headers: { 'content-type': 'text/event-stream' }, body } });
    const connection: QianfanV1Connection = {
      protocol: 'qianfan-v1',
      baseUrl: emulator.origin,
      auth: { type: 'access-token', accessToken: '24.t' },
    };
    const got = await collect(createChatModel(connection, endpoint), { messages: question });
    await emulator.dispose();
    assert.equal(got.text, '换个话题吧。');
    assert.deepEqual([got.finish?.reason, got.finish?.bannedRound], ['content-filter', -1]);
  });
});
