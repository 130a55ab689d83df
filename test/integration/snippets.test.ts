// The snippets of a turn are written from the request that the turn itself sends.

import assert from 'node:assert/strict';
import { collectAnswer } from '../../src/chat/common/collectAnswer.ts';
import {
  type Conversation,
  createConversation,
  emptyAnswer,
  type Turn,
} from '../../src/chat/common/conversation.ts';
import { toConnection } from '../../src/connections/host/connections.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { textParts } from '../../src/llm/answerParts.ts';
import { ChatError } from '../../src/llm/chatError.ts';
import type { ConnectionProfile } from '../../src/providers/common/connectionProfile.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { snippetsOf, type TurnSnippet } from '../../src/snippets/host/turnSnippets.ts';

const first: Turn = {
  id: 'one',
  parentId: null,
  question: 'left out by the summary',
  attachments: [],
  model: 'p/qwen-plus',
  parameters: {},
  askedAt: 1,
  answer: { ...emptyAnswer, status: 'done', parts: textParts('answer') },
};
const second: Turn = { ...first, id: 'two', parentId: 'one', question: 'kept' };
const third: Turn = {
  ...first,
  id: 'three',
  parentId: 'two',
  question: 'as typed',
  prompt: 'as it is sent',
  parameters: { temperature: 0.3, topK: 0, maxOutputTokens: 50, presencePenalty: 1 },
  attachments: [
    {
      id: 'a',
      kind: 'file',
      path: 'a.ts',
      uri: '',
      languageId: 'ts',
      startLine: 1,
      endLine: 1,
      text: 'const a = `$`;',
    },
  ],
};
const conversation: Conversation = {
  ...createConversation('c', 1, null),
  turns: [first, second, third],
  headId: 'three',
  summaries: [{ throughTurnId: 'one', text: 'What was said.' }],
};

describe('snippets of a turn', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false });
  });
  afterEach(() => emulator.dispose());

  const snippets = (profile: ConnectionProfile, turn: Turn, hasOptionalKey = false): TurnSnippet[] =>
    snippetsOf({
      conversation,
      turn,
      systemPrompt: 'Be brief.',
      hasOptionalKey,
      models: {
        profileOf: () => profile,
        describe: (ref) => describeModel(profile.provider, ref.slice(ref.indexOf('/') + 1)),
      },
    });
  const idsOf = (written: readonly TurnSnippet[], streaming: boolean): string[] =>
    written.filter(({ request }) => request.streaming === streaming).map(({ target }) => target.id);

  const profiles: readonly [ConnectionProfile, string, string[]][] = [
    [
      { id: 'p', name: 'P', provider: 'dashscope', workspaceId: 'ws_1' },
      '',
      ['curl', 'python-dashscope', 'python-requests', 'java-dashscope', 'node-fetch'],
    ],
    [
      { id: 'p', name: 'P', provider: 'qianfan-v2' },
      '/v2',
      ['curl', 'python-openai', 'python-requests', 'node-openai', 'node-fetch'],
    ],
    [
      { id: 'p', name: 'P', provider: 'qianfan-v1', auth: 'iam' },
      '',
      ['curl', 'python-qianfan', 'java-qianfan', 'go-qianfan', 'node-qianfan'],
    ],
  ];
  for (const [bare, path, ids] of profiles) {
    it(`${bare.provider}: the request is the turn's`, async () => {
      const profile = { ...bare, baseUrl: emulator.origin + path };
      const secrets = {
        apiKey: bare.provider === 'qianfan-v2' ? 'bce-v3/ALTAK-test/secret' : 'sk-test-0123456789',
        accessKey: 'demo-access-key',
        secretKey: 'demo-secret-key',
      };
      // Qianfan's first interface has no way to switch it off.
      const { topK: _topK, ...parameters } = third.parameters;
      const turn = bare.provider === 'qianfan-v1' ? { ...third, parameters } : third;
      const outcome = await collectAnswer(
        createChatModel(toConnection(profile, secrets), 'qwen-plus'),
        {
          history: [first, second],
          summaries: conversation.summaries,
          systemPrompt: 'Be brief.',
          question: turn,
        },
        { signal: new AbortController().signal },
      );
      assert.equal(outcome.status, 'done');
      const sent = emulator.requests.at(-1);
      const written = snippets(profile, turn);
      assert.deepEqual(idsOf(written, true), ids);
      assert.deepEqual(idsOf(written, false), ids);
      const [streamed] = written;
      assert.deepEqual(streamed?.request.body, sent?.body);
      assert.equal(new URL(streamed?.request.url ?? '').pathname, sent?.path);
      assert.equal(JSON.stringify(written).includes('placeholder'), false);
    });
  }

  it('a server that needs no key gets one only where one is set', () => {
    const profile: ConnectionProfile = {
      id: 'p',
      name: 'P',
      provider: 'openai',
      baseUrl: `${emulator.origin}/v1`,
    };
    assert.equal(snippets(profile, third)[0]?.request.auth, 'none');
    const [written] = snippets(profile, third, true);
    assert.deepEqual([written?.request.auth, written?.request.keyVariable], ['bearer', 'OPENAI_API_KEY']);
  });

  it('what the platform takes streamed alone has no other snippet', () => {
    const profile: ConnectionProfile = { id: 'p', name: 'P', provider: 'dashscope' };
    const thinking = { ...third, model: 'p/qwen3-max', parameters: { enableThinking: true } };
    const written = snippets(profile, thinking);
    assert.ok(idsOf(written, true).length > 0);
    assert.deepEqual(idsOf(written, false), []);
  });

  it('throws the refusal of a request that is taken in no way', () => {
    const profile: ConnectionProfile = { id: 'p', name: 'P', provider: 'dashscope' };
    assert.throws(
      () => snippets(profile, { ...third, parameters: { temperature: 9 } }),
      (error) => error instanceof ChatError && error.kind === 'invalid-request',
    );
  });
});
