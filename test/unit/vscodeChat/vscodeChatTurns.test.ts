import assert from 'node:assert/strict';
import type { Turn } from '../../../src/chat/common/conversation.ts';
import { answerText, textParts } from '../../../src/llm/answerParts.ts';
import { toMetadata, turnsOf, turnsOfResult } from '../../../src/vscodeChat/host/vscodeChatTurns.ts';

const turn = (id: string, parentId: string | null): Turn => ({
  id,
  parentId,
  question: `question ${id}`,
  prompt: undefined,
  attachments: [
    {
      id: 'a',
      kind: 'file',
      path: 'a.ts',
      uri: 'file:///a.ts',
      languageId: 'ts',
      startLine: 1,
      endLine: 2,
      text: 'x',
    },
  ],
  model: 'dashscope/qwen-plus',
  parameters: { temperature: 0.5 },
  askedAt: 1,
  answer: { status: 'done', parts: textParts(`answer ${id}`), finishReason: 'stop' },
});
const history = (...results: unknown[]) =>
  ({ history: results.flatMap((metadata) => [{ prompt: 'q' }, { result: { metadata } }]) }) as never;

describe('turns in VS Code’s chat', () => {
  it('come back from what VS Code stores, one after the other', () => {
    const stored = JSON.parse(
      JSON.stringify([toMetadata([turn('1', null)]), toMetadata([turn('2', 'lost')])]),
    );
    const turns = turnsOf(history(...stored));
    assert.deepEqual(
      turns.map(({ id, parentId, question, answer }) => [id, parentId, question, answerText(answer)]),
      [
        ['1', null, 'question 1', 'answer 1'],
        ['2', '1', 'question 2', 'answer 2'],
      ],
    );
    assert.equal(turns[0]?.attachments[0]?.text, 'x');
  });

  it('hold each turn once, though a conversation was brought here twice', () => {
    const both = toMetadata([turn('1', null), turn('2', '1')]);
    assert.equal(turnsOf(history(both, both)).length, 2);
  });

  it('leave out what nobody here wrote', () => {
    assert.deepEqual(turnsOf(history(undefined, { turns: 'many' }, { turns: [{ id: 1 }] }, null)), []);
    assert.deepEqual(turnsOfResult({ metadata: { other: true } }), []);
  });
});
