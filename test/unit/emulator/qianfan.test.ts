/** Qianfan v1 as the emulator stands in for it: tokens, the rules of its requests, its answers. */

import assert from 'node:assert/strict';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/index.ts';
import { dataOf, qianfanPath, type Sending, send } from './client.ts';

const message = (role: string, content: unknown = 'q') => ({ role, content });
const ask = (text: string) => [message('user', text)];
const [endpoint = ''] = qianfanPath.split('?');
const tokenPath = (key = 'key', secret = 'secret', grant = 'client_credentials') =>
  `/oauth/2.0/token?grant_type=${grant}&client_id=${key}&client_secret=${secret}`;

/** Name, request, code. The messages and parameters stand for the body. */
const refused: [string, Sending, number][] = [
  ['a token nobody issued', { path: `${endpoint}?access_token=24.other` }, 110],
  ['an empty token', { path: `${endpoint}?access_token=` }, 100],
  ['neither token nor signature', { path: endpoint, headers: { authorization: '' } }, 100],
  ['an endpoint that does not exist', { path: qianfanPath.replace('ngxxxol8', 'no-such') }, 3],
  ['another service', { path: '/rpc/2.0/ai_custom/v1/wenxinworkshop/embeddings/x' }, 3],
  ['GET', { method: 'GET', body: '' }, 336101],
  ['broken JSON', { body: '{"messages":' }, 336002],
  ['a list for a body', { body: [] }, 336002],
  ['no messages', { body: {} }, 336003],
  ['an empty list of messages', { body: { messages: [] } }, 336003],
  ['a message that is none', { body: { messages: ['q'] } }, 336003],
  ['empty content', { body: { messages: ask('') } }, 336003],
  ['content in parts', { body: { messages: [message('user', [{ text: 'q' }])] } }, 336003],
  ['an even number of messages', { body: { messages: [message('user'), message('assistant')] } }, 336006],
  ['two questions in a row', { body: { messages: [message('user'), message('user')] } }, 336006],
  ['an answer first', { body: { messages: [message('assistant')] } }, 336006],
  ['a system message', { body: { messages: [message('system'), message('user')] } }, 336006],
  ['4801 characters', { body: { messages: ask('长'.repeat(4801)) } }, 336007],
  ['4801 UTF-16 units', { body: { messages: ask(`${'🌉'.repeat(2400)}!`) } }, 336007],
  [
    '4801 characters altogether',
    { body: { messages: [...ask('q'.repeat(4799)), message('assistant', 'a'), ...ask('q')] } },
    336007,
  ],
];

const refusedParameters = [
  { temperature: 0 },
  { temperature: 1.01 },
  { temperature: '1' },
  { top_p: -0.1 },
  { top_p: 1.1 },
  { top_k: 0 },
  { top_k: 1.5 },
  { penalty_score: 0.9 },
  { penalty_score: 2.1 },
  { stop: 'end' },
  { stop: ['1', '2', '3', '4', '5'] },
  { stop: ['x'.repeat(21)] },
  { stream: 'true' },
  { user_id: 1 },
];

const acceptedParameters = [
  { temperature: 0.01, top_p: 0, top_k: 1, penalty_score: 1 },
  { temperature: 1, top_p: 1, penalty_score: 2, stop: ['1', '2', '3', 'x'.repeat(20)], user_id: 'u' },
];

describe('emulator: Qianfan v1', () => {
  let emulator: Emulator;
  const start = async (options: EmulatorOptions = {}) => {
    emulator = await startEmulator({ pace: 0, ...options });
  };
  afterEach(() => emulator.dispose());

  const chat = (body: object = {}, path = qianfanPath) =>
    send(emulator, { path, body: { messages: ask('q'), ...body } });
  const getToken = async (path = tokenPath(), method = 'POST') =>
    JSON.parse((await send(emulator, { path, method, body: '' })).text);

  describe('rules', () => {
    beforeEach(() => start());
    for (const [name, sending, code] of refused) {
      it(`refuses ${name}`, async () => {
        const reply = await send(emulator, { path: qianfanPath, body: { messages: ask('q') }, ...sending });
        const { error_code, error_msg } = JSON.parse(reply.text);
        assert.deepEqual([reply.status, error_code, typeof error_msg], [200, code, 'string'], reply.text);
        assert.equal(reply.headers['content-type'], 'application/json');
      });
    }
    for (const parameters of refusedParameters) {
      it(`refuses ${JSON.stringify(parameters)}`, async () => {
        assert.equal(JSON.parse((await chat(parameters)).text).error_code, 336003);
      });
    }
    for (const parameters of acceptedParameters) {
      it(`accepts ${JSON.stringify(parameters)}`, async () => {
        assert.equal(typeof JSON.parse((await chat(parameters)).text).result, 'string');
        assert.deepEqual(emulator.requests[0]?.warnings, []);
      });
    }
    it('accepts 4800 characters, and notes members it does not know', async () => {
      const reply = await chat({
        messages: ask('长'.repeat(4800)),
        extra_parameters: { request_source: 'x' },
      });
      assert.equal(JSON.parse(reply.text).error_code, undefined);
      assert.deepEqual(emulator.requests[0]?.warnings, ["extra_parameters is not on the model's page"]);
    });
    it('answers a refused stream with plain JSON', async () => {
      const reply = await chat({ stream: true, temperature: 2 });
      assert.deepEqual([reply.status, reply.headers['content-type']], [200, 'application/json']);
    });
    it('answers a bad signature as the gateway does', async () => {
      const authorization = 'bce-auth-v1/unknown/2024-06-22T08:00:00Z/1800/host/'.padEnd(115, '0');
      const reply = await send(emulator, { path: endpoint, headers: { authorization }, body: {} });
      assert.equal(reply.status, 403);
      assert.equal(reply.headers['x-bce-error-code'], 'InvalidAccessKeyId');
      assert.equal(reply.headers['x-bce-error-message'], 'NotFound, cause: Could not find credential.');
      assert.deepEqual(Object.keys(JSON.parse(reply.text)), ['requestId', 'code', 'message']);
    });
  });

  describe('tokens', () => {
    const tokenState = async (token: string) =>
      JSON.parse((await chat({}, `${endpoint}?access_token=${token}`)).text).error_code;

    it('are issued to POST and GET, for 30 days', async () => {
      await start();
      const posted = await getToken();
      const got = await getToken(tokenPath(), 'GET');
      assert.equal(posted.expires_in, 2_592_000);
      assert.notEqual(posted.access_token, got.access_token);
      assert.equal(await tokenState(posted.access_token), undefined);
      assert.equal(await tokenState(got.access_token), undefined);
    });
    it('end after their lifetime', async () => {
      await start({ tokenLifetimeSeconds: 0 });
      assert.equal(await tokenState((await getToken()).access_token), 111);
    });
    it('are expired and revoked by a test', async () => {
      await start();
      const { access_token } = await getToken();
      emulator.expireTokens();
      assert.equal(await tokenState(access_token), 111);
      assert.equal(await tokenState('24.demo-access-token'), 111);
      emulator.revokeTokens();
      assert.equal(await tokenState(access_token), 110);
      assert.equal(await tokenState((await getToken()).access_token), undefined);
    });
    it('that are known from the start can be chosen', async () => {
      await start({ accessTokens: ['24.mine'] });
      assert.equal(await tokenState('24.mine'), undefined);
      assert.equal(await tokenState('24.demo-access-token'), 110);
    });

    const refusedTokens: [string, string, number, string, string?][] = [
      ['an unknown key', tokenPath('invalid'), 401, 'invalid_client', 'unknown client id'],
      ['a wrong secret', tokenPath('key', 'invalid'), 401, 'invalid_client', 'Client authentication failed'],
      ['no secret', tokenPath('key', ''), 401, 'invalid_client'],
      ['another grant', tokenPath('key', 'secret', 'password'), 400, 'unsupported_grant_type'],
    ];
    for (const [name, path, status, error, words] of refusedTokens) {
      it(`are refused for ${name}`, async () => {
        await start();
        const reply = await send(emulator, { path, body: '' });
        const body = JSON.parse(reply.text);
        assert.deepEqual([reply.status, body.error], [status, error]);
        assert.equal(body.error_description, words ?? body.error_description);
      });
    }
    it('are issued to the given applications alone', async () => {
      await start({ apps: { mine: 'secret' } });
      assert.equal(typeof (await getToken(tokenPath('mine'))).access_token, 'string');
      assert.equal((await getToken(tokenPath('mine', 'other'))).error, 'invalid_client');
      assert.equal((await getToken(tokenPath('key'))).error, 'invalid_client');
    });
    it('take only steps that name their path', async () => {
      await start();
      emulator.script({ pieces: ['a'] });
      assert.equal(typeof (await getToken()).access_token, 'string');
      assert.equal(emulator.pendingSteps, 1);
      emulator.script({
        match: { path: '/oauth' },
        error: { status: 500, code: 'server_error', message: 'm' },
      });
      assert.deepEqual(await getToken(), { error: 'server_error', error_description: 'm' });
      assert.equal(JSON.parse((await chat()).text).result, 'a');
    });
  });

  describe('answers', () => {
    beforeEach(() => start());
    const usage = { inputTokens: 2, outputTokens: 5 };

    it('in one piece', async () => {
      emulator.script({ text: ' Hello', usage, requestId: 'as-1' });
      const reply = await chat();
      const { created, ...body } = JSON.parse(reply.text);
      assert.equal(typeof created, 'number');
      assert.deepEqual(body, {
        id: 'as-1',
        object: 'chat.completion',
        result: ' Hello',
        is_truncated: false,
        need_clear_history: false,
        usage: { prompt_tokens: 2, completion_tokens: 5, total_tokens: 7 },
      });
      assert.equal(reply.headers['content-type'], 'application/json;charset=utf-8');
      assert.equal(reply.headers.statement, 'AI-generated');
      assert.equal(reply.headers['x-ratelimit-limit-requests'], '300');
      assert.equal(reply.headers['x-ratelimit-remaining-tokens'], '299999');
    });

    it('as numbered sentences, the last with text and the end', async () => {
      emulator.script({ pieces: [' a', 'b', 'c'], usage });
      const reply = await chat({ stream: true });
      assert.doesNotMatch(reply.text, /event:|id:|\[DONE\]/);
      assert.deepEqual(
        dataOf(reply.text).map((data) => {
          const { sentence_id, is_end, result, usage: counts } = data as Record<string, unknown>;
          return [sentence_id, is_end, result, counts];
        }),
        [
          [0, false, ' a', { prompt_tokens: 2, completion_tokens: 0, total_tokens: 2 }],
          [1, false, 'b', { prompt_tokens: 2, completion_tokens: 0, total_tokens: 2 }],
          [2, true, 'c', { prompt_tokens: 2, completion_tokens: 5, total_tokens: 7 }],
        ],
      );
    });

    it('that are cut at the limit', async () => {
      emulator.script({ pieces: ['a', 'b'], finishReason: 'length' });
      const cuts = dataOf((await chat({ stream: true })).text).map((data) => Object(data).is_truncated);
      assert.deepEqual(cuts, [false, true]);
    });

    it('with a verdict on the question', async () => {
      emulator.script({ pieces: ['no'], moderation: { needClearHistory: true, banRound: -1 }, times: 2 });
      const { need_clear_history, ban_round } = JSON.parse((await chat()).text);
      assert.deepEqual([need_clear_history, ban_round], [true, -1]);
      const [last] = dataOf((await chat({ stream: true })).text);
      assert.equal(Object(last).ban_round, -1);
    });

    it('without blank lines', async () => {
      emulator.script({ pieces: ['a', 'b'], blankLines: false });
      assert.match((await chat({ stream: true })).text, /^data: .*\ndata: .*\n$/);
    });

    it('that break off after every sentence, with no end', async () => {
      emulator.script({ pieces: ['a', 'b'], cutAfter: 2 });
      const ends = dataOf((await chat({ stream: true })).text).map((data) => Object(data).is_end);
      assert.deepEqual(ends, [false, false]);
    });

    it('with an error among them, as an event and as a bare line', async () => {
      const error = { status: 200, code: '336100', message: 'm', afterPieces: 1 };
      emulator.script({ pieces: ['a', 'b'], error, requestId: 'as-1' });
      assert.match(
        (await chat({ stream: true })).text,
        /\n\ndata: {"error_code":336100,"error_msg":"m","id":"as-1"}\n\n$/,
      );
      emulator.script({ pieces: ['a', 'b'], error: { ...error, framing: 'line' }, requestId: 'as-1' });
      assert.match((await chat({ stream: true })).text, /\n\n{"error_code":336100,.*}\n$/);
    });

    it('of the demo, whole and streamed, named by the endpoint', async () => {
      const whole = JSON.parse((await chat({ messages: ask('你好') })).text).result;
      assert.match(whole, /你好.*`ngxxxol8_test1`/s);
      const streamed = dataOf((await chat({ messages: ask('你好'), stream: true })).text);
      assert.match(streamed.map((data) => Object(data).result).join(''), /你好.*`ngxxxol8_test1`/s);
      assert.equal(emulator.requests[0]?.model, 'ngxxxol8_test1');
    });
  });
});
