import assert from 'node:assert/strict';
import { createQuickAskDraft } from '../../../src/edit/host/quickAsk/quickAskDraft.ts';
import { createMemento } from '../../support/memento.ts';

describe('the draft of a quick ask', () => {
  it('is there again after a reload, until it is asked', () => {
    const values = new Map<string, unknown>();
    createQuickAskDraft(createMemento(values)).set({ question: 'why', withCode: true });
    const after = createQuickAskDraft(createMemento(values));
    assert.deepEqual(after.get(), { question: 'why', withCode: true });
    after.set({ question: '', withCode: false });
    assert.deepEqual(createQuickAskDraft(createMemento(values)).get(), { question: '', withCode: false });
    assert.equal(values.get('qiao.quickAskDraft'), undefined);
  });

  it('takes nothing that it can’t have written', () => {
    for (const stored of ['text', { question: 1 }, []])
      assert.equal(
        createQuickAskDraft(createMemento(new Map([['qiao.quickAskDraft', stored]]))).get().question,
        '',
      );
  });
});
