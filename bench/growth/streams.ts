/** Answers that come at once: from the socket through the client and the batcher into conversations and their files. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createConversation } from '../../src/chat/common/conversation.ts';
import { ConversationStore } from '../../src/chat/host/conversationStore.ts';
import { createDeltaBatcher } from '../../src/chat/host/deltaBatcher.ts';
import type { History } from '../../src/chat/host/history/history.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { leastCpu, linear, type Point, type Series } from './series.ts';
import { withConversations } from './storage.ts';

export async function measureStreams(quick: boolean): Promise<Series[]> {
  const platform = fork(path.join(import.meta.dirname, 'platform.ts'));
  const points: Point[] = [];
  try {
    const [origin] = await once(platform, 'message');
    const baseUrl = String(origin);
    await withConversations({ count: 0, turns: 0 }, async (openWindow) => {
      const history = openWindow();
      // What is loaded with the first answer is nobody's cost.
      await answer(baseUrl, history);
      for (const size of quick ? [1, 4, 16] : [1, 2, 4, 8, 16, 32]) {
        const all = () => Promise.all(Array.from({ length: size }, () => answer(baseUrl, history)));
        points.push({ size, cost: await leastCpu(all, { rounds: quick ? 1 : 3 }) });
      }
    });
  } finally {
    platform.disconnect();
  }
  return [{ label: 'streams: all answers that come at once', unit: 'ms', points, target: linear }];
}

/** One answer in a conversation of its own. Throws when it is not whole. */
async function answer(baseUrl: string, history: History): Promise<void> {
  const connection = {
    protocol: 'dashscope',
    baseUrl,
    apiKey: 'sk-growth-0123456789',
  } as const;
  const model = createChatModel(connection, 'qwen-plus');
  const store = new ConversationStore(createConversation(crypto.randomUUID(), Date.now(), null), {
    history,
    onDisk: false,
  });
  const turnId = crypto.randomUUID();
  store.begin({ model: 'dashscope/qwen-plus', parameters: {} });
  const asked = { question: 'How much?', attachments: [], model: 'dashscope/qwen-plus', parameters: {} };
  void store.record({ type: 'turn', turn: { ...asked, id: turnId, parentId: null, askedAt: Date.now() } });
  let length = 0;
  const batcher = createDeltaBatcher(({ text, reasoning }) => {
    length += text.length;
    void store.record({ type: 'delta', turnId, text, reasoning });
  });
  const { signal } = new AbortController();
  for await (const part of model.stream({ messages: [{ role: 'user', content: asked.question }] }, signal))
    if (part.type !== 'finish') batcher.push(part);
  batcher.flush();
  await store.record({ type: 'outcome', turnId, outcome: { status: 'done', finishReason: 'stop' } });
  if (length < 3000) throw new Error(`An answer of ${length} characters.`);
}
