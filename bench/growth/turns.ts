/** Turns of one conversation: reading it, adding to it, counting what the next question takes of the context. */

import type { Conversation } from '../../src/chat/common/conversation.ts';
import { assemblePrompt } from '../../src/chat/common/prompt.ts';
import { ConversationStore } from '../../src/chat/host/conversationStore.ts';
import { findDashScopeModel } from '../../src/providers/dashscope/dashscopeCatalog.ts';
import { constant, leastCpu, linear, type Point, type Series } from './series.ts';
import { withConversations } from './storage.ts';

export async function measureTurns(quick: boolean): Promise<Series[]> {
  const opening: Point[] = [];
  const adding: Point[] = [];
  const counting: Point[] = [];
  for (const size of quick ? [50, 200, 800] : [50, 100, 200, 500, 1000, 2000]) {
    await withConversations({ count: 1, turns: size }, async (openWindow) => {
      const history = openWindow();
      const read = async (): Promise<Conversation> => {
        const conversation = await history.open('c0');
        if (!conversation) throw new Error('The conversation can’t be read.');
        return conversation;
      };
      const conversation = await read();
      const rounds = quick ? 3 : 6;
      opening.push({ size, cost: await leastCpu(read, { rounds, times: 3 }) });

      // In memory and on disk, as for each answer that comes.
      const store = new ConversationStore(conversation, { history, onDisk: true });
      const { turns } = conversation;
      const last = turns.at(-1);
      if (!last) throw new Error('The conversation is empty.');
      const add = async (): Promise<void> => {
        const turn = { ...last, id: crypto.randomUUID(), parentId: last.id };
        await store.record({ type: 'turn', turn: { ...turn, question: 'And now?' } });
        for (const text of Array.from({ length: 20 }, (_, index) => `piece ${index} `))
          await store.record({ type: 'delta', turnId: turn.id, text, reasoning: '' });
        const outcome = { status: 'done', finishReason: 'stop' } as const;
        await store.record({ type: 'outcome', turnId: turn.id, outcome });
      };
      adding.push({ size, cost: await leastCpu(add, { rounds, times: 4 }) });

      const info = {
        ...findDashScopeModel('qwen-plus'),
        contextWindow: undefined,
        maxInputTokens: undefined,
      };
      const question = { question: 'And now?', attachments: [] };
      const count = () =>
        assemblePrompt({ history: turns, question, systemPrompt: '', info, outputTokens: 1000 });
      counting.push({ size, cost: await leastCpu(count, { rounds, times: 20 }) });
    });
  }
  return [
    { label: 'turns: open the conversation', unit: 'ms', points: opening, target: linear },
    {
      label: 'turns: add a question and 20 pieces of an answer',
      unit: 'ms',
      points: adding,
      target: constant,
    },
    { label: 'turns: count the context', unit: 'ms', points: counting, target: linear },
  ];
}
