import assert from 'node:assert/strict';
import { activeTurns, createConversation } from '../../../src/chat/common/conversation.ts';
import type { ConversationEvent } from '../../../src/chat/common/conversationLog.ts';
import { ConversationStore } from '../../../src/chat/host/conversationStore.ts';

const turn = (id: string, parentId: string | null): ConversationEvent => ({
  type: 'turn',
  turn: { id, parentId, question: id, attachments: [], model: 'dashscope/m', parameters: {}, askedAt: 1 },
});

function conversationOf(...events: ConversationEvent[]): ConversationStore {
  const history = { append: async () => {} };
  const store = new ConversationStore(createConversation('c', 0, null), { history, onDisk: true });
  for (const event of events) store.apply(event);
  return store;
}

const inSight = ({ state }: ConversationStore): string[] => activeTurns(state).map(({ id }) => id);

describe('what another window does to a conversation', () => {
  it('follows a retry there: the turn that gave way takes nothing else out of sight', () => {
    const store = conversationOf(turn('first', null), turn('failed', 'first'));
    assert.equal(store.takeExternal([{ type: 'removal', turnId: 'failed' }], true), undefined);
    assert.deepEqual(inSight(store), ['first']);
    assert.equal(store.takeExternal([turn('retry', 'first')], true)?.id, 'retry');
    assert.deepEqual(inSight(store), ['first', 'retry']);
  });

  it('shows no turn again because of an event that adds none', () => {
    const store = conversationOf(turn('first', null), turn('second', 'first'));
    store.apply({ type: 'head', turnId: 'first' });
    const listing: ConversationEvent = { type: 'listing', pinned: true };
    assert.equal(store.takeExternal([listing], true), undefined);
    assert.deepEqual(inSight(store), ['first']);
  });

  it('leaves the branch in sight while an answer is coming here', () => {
    const store = conversationOf(turn('first', null));
    assert.equal(store.takeExternal([turn('second', 'first')], false), undefined);
    assert.deepEqual(inSight(store), ['first']);
  });
});
