/** What the history's tests have in common: folders, events, and files that fail on demand. */

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diskFiles, type HistoryFiles } from '../../../src/base/host/files.ts';
import type { Conversation } from '../../../src/chat/common/conversation.ts';
import type { ConversationEvent } from '../../../src/chat/common/conversationLog.ts';
import { createHistory, type History, type HistoryOptions } from '../../../src/chat/host/history/history.ts';
import { createConversationReader } from '../../../src/chat/host/history/readConversation.ts';

export const silentLog = { info: () => {}, warn: () => {}, error: () => {} };

/** Makes windows on one folder and closes them after each test. */
export function useHistory(): {
  folder(): string;
  window(options?: Partial<HistoryOptions>): History;
} {
  let folder: string;
  let windows: History[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'qiao-history-'));
  });
  afterEach(async () => {
    for (const history of windows) await history.dispose();
    windows = [];
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    window(options) {
      const history = createHistory({
        folder,
        workspace: null,
        log: silentLog,
        ...options,
      });
      windows.push(history);
      return history;
    },
  };
}

export function header(id: string, workspace: string | null = null): ConversationEvent {
  return { type: 'conversation', version: 1, id, createdAt: 1, workspace };
}

export function asked(id: string, question: string, askedAt = 2): ConversationEvent {
  const turn = {
    id,
    parentId: null,
    question,
    attachments: [],
    model: 'dashscope/m',
    parameters: {},
    askedAt,
  };
  return { type: 'turn', turn };
}

export function delta(turnId: string, text: string): ConversationEvent {
  return { type: 'delta', turnId, text, reasoning: '' };
}

export function done(turnId: string): ConversationEvent {
  return { type: 'outcome', turnId, outcome: { status: 'done', finishReason: 'stop' } };
}

/** One question and its answer. */
export async function writeChat(
  history: History,
  {
    id,
    question,
    answer = '',
    askedAt = 2,
  }: { id: string; question: string; answer?: string; askedAt?: number },
): Promise<void> {
  for (const event of [
    header(id),
    asked(`${id}-t`, question, askedAt),
    delta(`${id}-t`, answer),
    done(`${id}-t`),
  ])
    await history.append(id, event);
}

export function failure(code: string): Error {
  return Object.assign(new Error(`${code}: it fails`), { code });
}

/** The disk's files, with some of their functions replaced. */
export function filesWith(changes: Partial<HistoryFiles>): HistoryFiles {
  return { ...diskFiles, ...changes };
}

/** Reads a whole file; `undefined` when it holds no conversation that can be opened. */
export function readConversation(text: string): Conversation | undefined {
  const reader = createConversationReader();
  for (const line of text.split('\n')) reader.push(line);
  const { state, conversation } = reader.finish();
  return state === 'ok' ? conversation : undefined;
}
