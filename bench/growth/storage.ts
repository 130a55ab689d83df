/** A folder of conversations, as Qiao keeps them. */

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createHistory, type History } from '../../src/chat/host/history/history.ts';
import { writeConversation } from '../panel/historyFiles.ts';

const log = { info() {}, warn() {}, error() {} };

/** Calls `work` with a folder of so many conversations, `c0` and so on, and removes it afterwards. */
export async function withConversations(
  { count, turns }: { count: number; turns: number },
  work: (openWindow: () => History) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-growth-'));
  const windows: History[] = [];
  try {
    for (let number = 0; number < count; number++)
      await writeConversation(path.join(folder, `c${number}.jsonl`), { title: `Chat ${number}`, turns });
    await work(() => {
      const history = createHistory({ folder, workspace: null, log });
      windows.push(history);
      return history;
    });
  } finally {
    for (const history of windows) await history.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One more question and its answer, saved as while the answer comes. */
export async function saveTurn(history: History, conversationId: string): Promise<void> {
  const turnId = crypto.randomUUID();
  const turn = {
    ...{ id: turnId, parentId: null, question: 'How much is it now?', attachments: [] },
    ...{ model: 'dashscope/qwen-plus', parameters: {}, askedAt: Date.now() },
  };
  await history.append(conversationId, { type: 'turn', turn });
  for (const text of ['It is ', 'as much as before.'])
    await history.append(conversationId, { type: 'delta', turnId, text, reasoning: '' });
  await history.append(conversationId, {
    type: 'outcome',
    turnId,
    outcome: { status: 'done', finishReason: 'stop' },
  });
}
