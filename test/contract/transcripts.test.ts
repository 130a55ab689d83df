import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { cut, type Delivery, readTranscripts, startReplay, type Transcript } from '../support/transcripts.ts';

/** The sidecars' words for the kinds of `ChatError`. */
const kinds: Record<string, ChatErrorKind> = {
  auth: 'unauthorized',
  token_expired: 'unauthorized',
  quota: 'quota',
  rate_limit: 'rate-limited',
  content_filter: 'content-filtered',
  invalid_request: 'invalid-request',
  // A wrong address; a model that is not there is named by `exact`.
  not_found: 'protocol',
  server: 'unavailable',
  incomplete: 'interrupted',
};

function connectionTo(baseUrl: string, protocol: Transcript['protocol']): Connection {
  switch (protocol) {
    case 'dashscope-native':
      return { protocol: 'dashscope', baseUrl, apiKey: 'sk-test' };
    case 'qianfan-v1':
      return { protocol: 'qianfan-v1', baseUrl, auth: { type: 'access-token', accessToken: '24.test' } };
    case 'openai-compatible':
    case 'qianfan-v2':
      return { protocol: 'openai', baseUrl: `${baseUrl}/v1`, apiKey: 'sk-test' };
  }
}

async function replay(transcript: Transcript, pieces: Buffer[]): Promise<Collected> {
  const server = await startReplay(transcript.response, pieces);
  try {
    const model = createChatModel(connectionTo(server.origin, transcript.protocol), 'any-model');
    return await collect(model, {
      messages: [{ role: 'user', content: 'hi' }],
      parameters: transcript.request,
    });
  } finally {
    await server.close();
  }
}

/** Of a transcript of a platform, all that its sidecar says. */
function assertExpected({ expected }: Transcript, got: Collected): void {
  assert.equal(got.text, expected.text);
  if (expected.error) {
    assert.equal(got.finish, undefined);
    assert.equal(got.error?.kind, kinds[expected.error.kind]);
    // An expired token is renewed where there is something to renew it with; this one was given.
    if (expected.error.kind !== 'token_expired') assert.equal(got.error?.retryable, expected.error.retryable);
    assert.equal(got.error?.requestId, expected.requestId);
    if (expected.error.code) assert.equal(got.error?.code, expected.error.code);
    if (expected.error.status) assert.equal(got.error?.status, expected.error.status);
    if (expected.error.message) assert.equal(got.error?.message, expected.error.message);
  } else {
    assert.equal(got.error, undefined);
    assert.equal(got.reasoning, '');
    assert.equal(got.finish?.reason, expected.finishReason);
    assert.equal(got.finish?.requestId, expected.requestId);
    assert.deepEqual(got.finish?.usage ?? null, expected.usage);
    assertOneFinish(got);
  }
}

/** Kinds that the sidecars leave open, as Qiao decides them: words that name no cause are trouble of the service. */
const decidedKinds: Record<string, ChatErrorKind> = {
  'pretty-json-error-mid-stream': 'unavailable',
  'stream-detail-error': 'unavailable',
};

/** Of an answer of some server; its sidecar lists what matters. */
function assertServersAnswer({ name, expected }: Transcript, got: Collected): void {
  const { error, finishReason, usage, toolCalls, calls } = expected;
  assert.equal(got.text, expected.text);
  assert.equal(got.reasoning, expected.reasoning ?? '');
  if (error) {
    const kind = expected.kindAny ? decidedKinds[name] : (error.exact ?? kinds[error.kind]);
    assert.ok(kind, `No kind is expected of ${name}.`);
    assert.equal(got.finish, undefined);
    assert.equal(got.error?.kind, kind);
    assert.notEqual(got.error?.kind, error.notKind);
    assert.ok(error.message, `No words are expected of ${name}.`);
    assert.ok(got.error?.message.includes(error.message), got.error?.message);
    return;
  }
  assert.equal(got.error, undefined);
  assert.equal(got.finish?.reason, finishReason?.replace('_', '-'));
  for (const [member, count] of Object.entries(usage ?? {}))
    assert.equal(got.finish?.usage?.[member as keyof NonNullable<typeof usage>], count, member);
  const made = got.parts.filter((part) => part.type === 'tool-call');
  if (toolCalls)
    assert.deepEqual(
      made.map(({ id, name: called, arguments: text }) => ({ id, name: called, arguments: text })),
      toolCalls,
    );
  else
    assert.deepEqual(
      made.map(({ name: called, arguments: text }) => [called, text]),
      calls ?? [],
    );
  const ids = new Set(made.map(({ id }) => id));
  assert.equal(ids.size, made.length);
  assert.ok(!ids.has(''));
  assertOneFinish(got);
}

function assertOneFinish({ parts }: Collected): void {
  assert.equal(parts.filter((part) => part.type === 'finish').length, 1);
  assert.equal(parts.at(-1)?.type, 'finish');
}

const transcripts = [
  ...readTranscripts().map((transcript) => ({ transcript, check: assertExpected })),
  ...readTranscripts('servers').map((transcript) => ({ transcript, check: assertServersAnswer })),
];

describe('transcripts', () => {
  for (const { transcript, check } of transcripts) {
    for (const delivery of ['whole', 'events', 'bytes'] satisfies Delivery[]) {
      it(`${transcript.name}, ${delivery}`, async () => {
        check(transcript, await replay(transcript, cut(transcript.body, delivery)));
      });
    }

    it(`${transcript.name}, cut at random bytes`, async () => {
      const offsets = fc.array(fc.nat(transcript.body.length), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(offsets, async (at) => {
          check(transcript, await replay(transcript, cut(transcript.body, { at })));
        }),
        { numRuns: 15 },
      );
    });
  }

  /** Streams whose framing may be varied without changing what they say. */
  const streams = transcripts.filter(({ transcript: { body, response } }) => {
    const type = response.headers['content-type'] ?? '';
    return type.includes('event-stream') && !body.includes('\r') && response.status === 200;
  });

  for (const { transcript, check } of streams) {
    it(`${transcript.name}, with other line ends, comments and a byte order mark, cut at random`, async () => {
      const variation = fc.record({
        lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
        bom: fc.boolean(),
        comments: fc.array(fc.constantFrom(':', ': keep-alive', ':\u2028 注释', 'retry: 3000'), {
          maxLength: 4,
        }),
        at: fc.array(fc.nat(transcript.body.length), { maxLength: 8 }),
      });
      await fc.assert(
        fc.asyncProperty(variation, async ({ lineEnd, bom, comments, at }) => {
          const blocks = transcript.body.toString().split('\n\n');
          const varied = blocks.flatMap((block, i) =>
            comments[i] && block ? [comments[i], block] : [block],
          );
          const text = (bom ? '\uFEFF' : '') + varied.join('\n\n').replaceAll('\n', lineEnd);
          const got = await replay(transcript, cut(Buffer.from(text), { at }));
          check(transcript, got);
          assert.equal(got.text.includes('\uFFFD'), transcript.expected.text.includes('\uFFFD'));
        }),
        { numRuns: 20 },
      );
    });
  }
});
