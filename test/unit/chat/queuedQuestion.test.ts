import assert from 'node:assert/strict';
import { createQueuedQuestions } from '../../../src/chat/host/queuedQuestion.ts';

function createMemento(stored?: unknown) {
  let value = stored;
  return {
    get: () => value as never,
    update: async (_name: string, next: unknown) => {
      value = next === undefined ? undefined : JSON.parse(JSON.stringify(next));
    },
  };
}

const question = (text: string) => ({ question: text, attachments: [], held: false });

describe('the memory of queued questions', () => {
  it('keeps that of a conversation that is left while another comes into sight', () => {
    const state = createMemento();
    const before = createQueuedQuestions(state);
    before.set('left', question('waits in the background'));
    before.set('in sight', undefined);
    before.set('in sight', question('waits here'));
    const after = createQueuedQuestions(state);
    assert.equal(after.get('left')?.question, 'waits in the background');
    assert.equal(after.get('in sight')?.question, 'waits here');
  });

  it('forgets what was asked', () => {
    const state = createMemento();
    const before = createQueuedQuestions(state);
    before.set('c', question('asked by now'));
    before.set('c', undefined);
    assert.equal(createQueuedQuestions(state).get('c'), undefined);
    assert.equal(state.get(), undefined);
  });

  it('takes nothing that it can’t have written', () => {
    for (const stored of [
      'text',
      { c: { question: 1 } },
      { c: { question: 'a', attachments: [{}], held: true } },
    ])
      assert.equal(createQueuedQuestions(createMemento(stored)).get('c'), undefined);
  });
});
