import assert from 'node:assert/strict';
import { activeTurns, createConversation } from '../../../src/chat/common/conversation.ts';
import type { ConversationEvent } from '../../../src/chat/common/conversationLog.ts';
import { RecordedConversation } from '../../../src/chat/host/recordedConversation.ts';

const turn = (id: string, parentId: string | null): ConversationEvent => ({
  type: 'turn',
  turn: { id, parentId, question: id, attachments: [], model: 'dashscope/m', parameters: {}, askedAt: 1 },
});

function conversationOf(...events: ConversationEvent[]): RecordedConversation {
  const history = { append: async () => {} };
  const recorded = new RecordedConversation(createConversation('c', 0, null), { history, onDisk: true });
  for (const event of events) recorded.apply(event);
  return recorded;
}

const inSight = ({ state }: RecordedConversation): string[] => activeTurns(state).map(({ id }) => id);

describe('what another window does to a conversation', () => {
  it('follows a retry there: the turn that gave way takes nothing else out of sight', () => {
    const recorded = conversationOf(turn('first', null), turn('failed', 'first'));
    assert.equal(recorded.takeForeign([{ type: 'removal', turnId: 'failed' }], true), undefined);
    assert.deepEqual(inSight(recorded), ['first']);
    assert.equal(recorded.takeForeign([turn('retry', 'first')], true)?.id, 'retry');
    assert.deepEqual(inSight(recorded), ['first', 'retry']);
  });

  it('shows no turn again because of an event that adds none', () => {
    const recorded = conversationOf(turn('first', null), turn('second', 'first'));
    recorded.apply({ type: 'head', turnId: 'first' });
    const listing: ConversationEvent = { type: 'listing', pinned: true };
    assert.equal(recorded.takeForeign([listing], true), undefined);
    assert.deepEqual(inSight(recorded), ['first']);
  });

  it('leaves the branch in sight while an answer is coming here', () => {
    const recorded = conversationOf(turn('first', null));
    assert.equal(recorded.takeForeign([turn('second', 'first')], false), undefined);
    assert.deepEqual(inSight(recorded), ['first']);
  });
});
