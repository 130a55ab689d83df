/** A window's share of Qiao, without VS Code around it: sessions, history and provider as they are, in a process that may be killed. */

import type { LogOutputChannel, Memento } from 'vscode';
import { createLastConversation } from '../../../src/chat/host/chatState.ts';
import { Chats } from '../../../src/chat/host/chats.ts';
import { createHistory } from '../../../src/chat/host/history/history.ts';
import { Sessions } from '../../../src/chat/host/sessions.ts';
import { canContinue } from '../../../src/chat/host/turnViews.ts';
import type { Models } from '../../../src/connections/host/models.ts';
import { answerReasoning, answerText } from '../../../src/llm/answerParts.ts';
import { findDashScopeModel } from '../../../src/providers/dashscope/dashscopeCatalog.ts';
import { createChatModel } from '../../../src/providers/index.ts';
import { createLog, createMemory } from './hostParts.ts';
import type { OpenedConversation, WindowCommand, WindowOptions, WindowReport } from './messages.ts';

process.once('disconnect', () => process.exit());

const modelId = 'qwen-plus';
const report = (message: WindowReport): void => void process.send?.(message);
const { folder, memoryFile, origin, ids }: WindowOptions = JSON.parse(process.argv[2] ?? '');
const log: LogOutputChannel = createLog((text) => report({ type: 'complaint', text }));
const state: Memento = createMemory(memoryFile);
const models: Models = {
  open: async () => createChatModel({ protocol: 'dashscope', baseUrl: origin, apiKey: 'sk-crash' }, modelId),
  describe: () => findDashScopeModel(modelId),
  successorOf: () => undefined,
  normalize: () => modelId,
  normalizeTyped: () => modelId,
  profileOf: () => ({ id: 'dashscope', name: 'DashScope', provider: 'dashscope' }),
  groups: async () => [],
};
const history = createHistory({ folder, workspace: 'file:///project', log });
const sessions = new Sessions({ models, history, log, state });
let characters = 0;
const chats = new Chats(
  { sessions, models, history, state },
  sessions.create(await createLastConversation(history, state).open()),
);
chats.connect((message) => {
  if (message.type !== 'turn-delta') return;
  characters += message.text.length + message.reasoning.length;
  report({ type: 'shown', characters, at: Date.now() });
});

process.on('message', async (command: WindowCommand) => {
  if (command.conversationId === undefined) chats.newChat();
  else if (!(await chats.open(command.conversationId)))
    report({ type: 'complaint', text: `${command.conversationId} cannot be opened.` });
  const session = chats.current;
  const last = session.conversation.turns.at(-1);
  if (command.type === 'ask') session.submit({ question: command.question, attachments: [] });
  else if (last) session.resume(last.id, 'Go on.');
  report({ type: 'asked', conversationId: session.conversation.id });
});
report({ type: 'ready', conversations: await Promise.all(ids.map(openConversation)) });

async function openConversation(id: string): Promise<OpenedConversation | undefined> {
  const conversation = await history.open(id);
  return (
    conversation && {
      id: conversation.id,
      turns: conversation.turns.map(({ question, answer }) => ({
        question,
        text: answerText(answer),
        reasoning: answerReasoning(answer),
        status: answer.status,
        canContinue: canContinue(answer),
      })),
    }
  );
}
