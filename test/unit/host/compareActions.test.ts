import assert from 'node:assert/strict';
import type { ErrorReport } from '../../../src/core/conversation.ts';
import type { PanelAction } from '../../../src/core/protocol.ts';
import { type CompareActionParts, runCompareAction } from '../../../src/host/compare/compareActions.ts';
import type { CompareSession } from '../../../src/host/compare/compareSession.ts';
import type { CompareTab } from '../../../src/host/compare/compareTab.ts';
import { toAnswerView } from '../../../src/host/compare/compareViews.ts';

const question = { id: 'q1', text: 'Why?', attachments: [], history: [] };
const columns = [
  { id: 'c1', model: 'dashscope/qwen-plus' },
  { id: 'c2', model: 'vllm/Qwen/Qwen3-8B' },
  { id: 'c3', model: 'gone/model' },
];

/** The commands that the button of a column starts, with what they are given. */
async function press(action: PanelAction, columnId: string): Promise<unknown[][]> {
  const calls: unknown[][] = [];
  const parts = {
    run: async (...call: unknown[]) => void calls.push(call),
    models: { profileOf: () => ({ id: 'dashscope' }) },
  } as unknown as CompareActionParts;
  const tab = { session: { comparison: { columns, questions: [question] } } } as unknown as CompareTab;
  await runCompareAction({ type: 'action-run', action, turnId: columnId }, tab, parts);
  return calls;
}

describe('the buttons below an error in a comparison', () => {
  it('“Check Address” changes the connection of the column’s model', async () => {
    assert.deepEqual(await press('check-address', 'c1'), [['qiao.manageConnections', 'dashscope']]);
    assert.deepEqual(await press('check-address', 'c2'), [['qiao.manageConnections', 'vllm']]);
  });

  it('“Check Address” takes no other connection for one that is gone', async () => {
    assert.deepEqual(await press('check-address', 'c3'), [['qiao.manageConnections', 'gone']]);
  });

  it('each of them does something there', async () => {
    const error: ErrorReport = {
      kind: 'protocol',
      providerId: 'openai',
      message: 'Not Found',
      status: 404,
      code: 'wrong-address',
    };
    const answers = new Map([['q1/c2', { status: 'failed', text: '', reasoning: '', error }]]);
    const session = { comparison: { answers }, runningAnswer: () => undefined } as unknown as CompareSession;
    const [, column] = columns;
    assert.ok(column);
    const { actions = [] } = toAnswerView({ question, column }, session).error ?? {};
    assert.equal(actions[0], 'check-address');
    // The page itself asks again.
    for (const action of actions.filter((name) => name !== 'retry'))
      assert.equal((await press(action, 'c2')).length, 1, action);
  });
});
