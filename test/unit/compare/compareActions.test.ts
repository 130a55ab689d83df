import assert from 'node:assert/strict';
import type { ErrorReport, Turn } from '../../../src/chat/common/conversation.ts';
import type { PanelAction } from '../../../src/chat/common/protocol.ts';
import type { ComparedAnswer } from '../../../src/compare/common/comparison.ts';
import { askCell } from '../../../src/compare/host/askCell.ts';
import {
  type CompareActionDependencies,
  createCompareHandlers,
} from '../../../src/compare/host/compareActions.ts';
import type { CompareSession } from '../../../src/compare/host/compareSession.ts';
import { toAnswerView } from '../../../src/compare/host/compareViews.ts';
import type { StreamPart } from '../../../src/llm/chatModel.ts';
import { describeModel } from '../../../src/providers/describeModel.ts';

const question = { id: 'q1', text: 'Why?', attachments: [], history: [] };
const columns = [
  { id: 'c1', model: 'dashscope/qwen-plus' },
  { id: 'c2', model: 'vllm/Qwen/Qwen3-8B' },
  { id: 'c3', model: 'gone/model' },
];

/** The commands that the button of a column starts, with what they are given. */
async function press(action: PanelAction, columnId: string): Promise<unknown[][]> {
  const calls: unknown[][] = [];
  const handlers = createCompareHandlers({
    tab: { session: { comparison: { columns, questions: [question] } } },
    run: async (...call: unknown[]) => void calls.push(call),
    models: { profileOf: () => ({ id: 'dashscope' }) },
  } as unknown as CompareActionDependencies);
  await handlers['action-run']({ type: 'action-run', action, turnId: columnId });
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

describe('an answer of a comparison that the platform broke off', () => {
  const broken = { type: 'finish', reason: 'other', rawReason: 'network_error' } as const;
  const column = { id: 'c1', model: 'dashscope/qwen-plus' };

  async function ask(): Promise<ComparedAnswer> {
    async function* stream(): AsyncIterable<StreamPart> {
      yield { type: 'text-delta', text: 'One' };
      yield broken;
    }
    const { answer } = await askCell({
      cell: { question, column },
      setup: { systemPrompt: '', parameters: {} },
      open: async () => ({ info: describeModel('dashscope', 'qwen-plus'), stream }),
      signal: new AbortController().signal,
      onPart: () => {},
      onWait: () => {},
    });
    return answer;
  }

  it('says so in its column', async () => {
    const answers = new Map([['q1/c1', await ask()]]);
    const session = { comparison: { answers }, runningAnswer: () => undefined } as unknown as CompareSession;
    const { notice } = toAnswerView({ question, column }, session);
    assert.equal(notice, 'The platform broke the answer off (network_error). Try again.');
  });

  it('says so in the panel too, where it goes on', async () => {
    const answers = new Map([['q1/c1', await ask()]]);
    const comparison = { columns: [column], questions: [question], parameters: {}, answers };
    const session = { comparison, find: () => ({ question, column }) };
    const adopted: Turn[] = [];
    const current = { adopt: (turns: Turn[]) => adopted.push(...turns), changeSettings: () => {} };
    const view = { chats: { newChat: () => {}, current }, show: async () => {} };
    const handlers = createCompareHandlers({
      tab: { session },
      views: { active: view },
    } as unknown as CompareActionDependencies);
    await handlers['panel-continue']({ type: 'panel-continue', questionId: 'q1', columnId: 'c1' });
    assert.equal(adopted[0]?.answer.rawReason, 'network_error');
  });
});
