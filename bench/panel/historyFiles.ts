/** Conversations as Qiao keeps them, written straight into its storage. */

import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConversationEvent } from '../../src/chat/common/conversationLog.ts';
import { createText } from './exchanges.ts';
import { modelRef } from './stage.ts';

/** The file of the conversation in which this was asked. Throws when there is none. */
export async function findConversationFile(storageFolder: string, question: string): Promise<string> {
  for (const name of await readdir(storageFolder, { recursive: true })) {
    const file = path.join(storageFolder, name);
    if (name.endsWith('.jsonl') && (await readFile(file, 'utf8')).includes(question)) return file;
  }
  throw new Error(`No history file holds “${question}”.`);
}

/** In place of what the file held. Question `i` is `title, i`. */
export async function writeConversation(
  file: string,
  { title, turns }: { title: string; turns: number },
): Promise<void> {
  const id = path.basename(file, '.jsonl');
  const events: ConversationEvent[] = [
    { type: 'conversation', version: 1, id, createdAt: Date.now(), workspace: null },
    { type: 'settings', settings: { model: modelRef, parameters: {} } },
    { type: 'listing', title },
  ];
  let parentId: string | null = null;
  for (let index = 0; index < turns; index++) {
    const turnId = randomUUID();
    events.push(...turnEvents({ id: turnId, parentId, question: `${title}, ${index}` }, index));
    parentId = turnId;
  }
  await writeFile(file, `${events.map((event) => JSON.stringify(event)).join('\n')}\n`);
}

/** The same questions and answers as `writeConversation` writes, as VS Code's chat exports them. */
export async function writeChatExport(
  file: string,
  { title, turns }: { title: string; turns: number },
): Promise<void> {
  const requests = Array.from({ length: turns }, (_, index) => ({
    requestId: randomUUID(),
    message: `${title}, ${index}`,
    variableData: { variables: [] },
    response: [{ value: answerOf(index) }],
    responseId: randomUUID(),
    timestamp: Date.now(),
  }));
  await writeFile(file, JSON.stringify({ responderUsername: 'Qiao', initialLocation: 'panel', requests }));
}

function answerOf(index: number): string {
  const marker = `a${String(index).padStart(4, '0')}`;
  return createText({ marker, pieces: 60 + (index % 7) * 20, thinkMs: 0, pauseMs: 0 });
}

/** As they are recorded while an answer of some seconds comes. */
function turnEvents(
  asked: { id: string; parentId: string | null; question: string },
  index: number,
): ConversationEvent[] {
  const turnId = asked.id;
  const text = answerOf(index);
  const middle = Math.ceil(text.length / 2);
  const usage = { inputTokens: 3000, outputTokens: 150, totalTokens: 3150 };
  const common = { attachments: [], model: modelRef, parameters: {}, askedAt: Date.now() };
  return [
    { type: 'turn', turn: { ...asked, ...common } },
    { type: 'delta', turnId, text: text.slice(0, middle), reasoning: '' },
    { type: 'delta', turnId, text: text.slice(middle), reasoning: '' },
    { type: 'outcome', turnId, outcome: { status: 'done', finishReason: 'stop', usage } },
  ];
}
