import assert from 'node:assert/strict';
import type { Answer } from '../../../src/chat/common/conversation.ts';
import { fromStoredAnswer, toStoredAnswer } from '../../../src/chat/common/storedAnswer.ts';

describe('a stored answer', () => {
  const call = { type: 'tool-call', id: 'c', name: 'read', arguments: '{}' } as const;

  it('comes back as it was, with tools and without', () => {
    const plain: Answer = { status: 'done', parts: [{ type: 'text', text: 'hello' }] };
    const withTool: Answer = { status: 'done', parts: [{ type: 'text', text: 'hello' }, call] };
    for (const answer of [plain, withTool])
      assert.deepEqual(fromStoredAnswer(toStoredAnswer(answer)), answer);
  });

  it('keeps its texts where a file has parts without any tool', () => {
    for (const parts of [[], [{ type: 'text', text: 'other' }] as const])
      assert.deepEqual(fromStoredAnswer({ status: 'done', text: 'hello', reasoning: '', parts }), {
        status: 'done',
        parts: [{ type: 'text', text: 'hello' }],
      });
  });
});
