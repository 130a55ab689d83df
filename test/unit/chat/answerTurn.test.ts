import assert from 'node:assert/strict';
import type { LogOutputChannel } from 'vscode';
import { createConversation } from '../../../src/chat/common/conversation.ts';
import type { HostMessage } from '../../../src/chat/common/protocol.ts';
import { answerTurn } from '../../../src/chat/host/answerTurn.ts';
import { ConversationStore } from '../../../src/chat/host/conversationStore.ts';
import type { Models } from '../../../src/connections/host/models.ts';
import type { ChatModel, ModelInfo, StreamPart } from '../../../src/llm/chatModel.ts';

const info: ModelInfo = {
  id: 'm',
  name: 'M',
  family: 'M',
  providerId: 'openai',
  input: 'messages',
  toolCalling: true,
  parameters: {},
};

describe('an answer with calls that nobody asked for', () => {
  it('keeps the first of thousands, in a few messages', async () => {
    async function* stream(): AsyncGenerator<StreamPart> {
      yield { type: 'text-delta', text: 'Let me look.' };
      for (let index = 0; index < 20_000; index++)
        yield { type: 'tool-call', id: `c${index}`, name: 'read', arguments: '{}' };
      yield { type: 'finish', reason: 'tool-calls' };
    }
    const model: ChatModel = { info, stream };
    let lines = 0;
    const history = {
      append: async () => {
        lines++;
      },
    };
    const store = new ConversationStore(createConversation('c', 0, null), { history, onDisk: true });
    const asked = { id: 't', parentId: null, question: 'q', attachments: [], model: 'o/m', parameters: {} };
    store.apply({ type: 'turn', turn: { ...asked, askedAt: 1 } });
    const turn = store.find('t');
    assert.ok(turn);
    const messages: HostMessage[] = [];
    store.addPage((message) => messages.push(message));
    await answerTurn({
      turn,
      store,
      models: { open: async () => model, successorOf: () => undefined } as unknown as Models,
      log: { info() {}, error() {} } as Partial<LogOutputChannel> as LogOutputChannel,
      systemPrompt: '',
      signal: new AbortController().signal,
      isClosing: () => false,
    });
    assert.equal(store.find('t')?.answer.parts.length, 201);
    const told = messages.filter(({ type }) => type === 'turn-tools');
    assert.ok(told.length > 0 && told.length < 20, `${told.length} messages`);
    assert.ok(lines < 210, `${lines} lines`);
    assert.equal(messages.at(-1)?.type, 'turn-finish');
  });
});
