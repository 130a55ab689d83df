/** Conversations on disk: one append-only file of JSON lines each, in the extension's own storage. */

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable, LogOutputChannel, Memento } from 'vscode';
import { type Conversation, createConversation } from '../../core/conversation.ts';
import { applyEvent, type ConversationEvent, settleRunning } from '../../core/conversationLog.ts';
import { conversationEventSchema } from '../../core/conversationSchema.ts';

export interface History {
  /** The conversation this workspace had open last, if there is one. */
  openLast(): Promise<Conversation | undefined>;
  /** Remembers which conversation this workspace has open. */
  setLast(id: string | undefined): void;
  /** `undefined` when there is no such conversation, or it can't be read. */
  open(id: string): Promise<Conversation | undefined>;
  /**
   * Appends in the order of the calls; settles when the line is on disk. A disk that fails is reported once in the
   * log, and the chat goes on in memory.
   */
  append(conversationId: string, event: ConversationEvent): Promise<void>;
  /** Tells what other windows write into this conversation, until it is disposed. */
  follow(conversationId: string, listener: (events: readonly ConversationEvent[]) => void): Disposable;
  /** Settles when everything appended so far is on disk. */
  flush(): Promise<void>;
  dispose(): Promise<void>;
}

export interface HistoryOptions {
  /** Where the files are. */
  folder: string;
  /** URI of the folder that is open in this window. */
  workspace: string | null;
  /** Of this workspace: which conversation was open. */
  memory: Memento;
  log: LogOutputChannel;
}

const lastName = 'qiao.lastConversation';

export function createHistory({ folder, memory, log }: HistoryOptions): History {
  let queue: Promise<void> = Promise.resolve();
  let failed = false;
  /** Files that this session has written to: the last line of any other may have been cut by a crash. */
  const begun = new Set<string>();
  const fileOf = (id: string): string => path.join(folder, `${id}.jsonl`);

  const write = async (id: string, event: ConversationEvent): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true });
      const separator = begun.has(id) ? '' : '\n';
      await appendFile(fileOf(id), `${separator}${JSON.stringify(event)}\n`);
      begun.add(id);
      failed = false;
    } catch (error) {
      if (!failed)
        log.error(`The conversation cannot be saved: ${error instanceof Error ? error.message : error}`);
      failed = true;
    }
  };
  const open = async (id: string): Promise<Conversation | undefined> => {
    if (!/^[\w-]+$/.test(id)) return undefined;
    const text = await readFile(fileOf(id), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : readConversation(text);
  };

  return {
    async openLast() {
      const id = memory.get<string>(lastName);
      return id === undefined ? undefined : open(id);
    },
    setLast: (id) => void memory.update(lastName, id),
    open,
    append(id, event) {
      queue = queue.then(() => write(id, event));
      return queue;
    },
    follow: () => ({ dispose: () => {} }),
    flush: () => queue,
    dispose: () => queue,
  };
}

/** Lines that cannot be read, such as one cut by a crash, are passed over. */
export function readConversation(text: string): Conversation | undefined {
  let conversation: Conversation | undefined;
  for (const line of text.split('\n')) {
    const event = parseLine(line);
    if (!event) continue;
    if (event.type === 'conversation' || conversation) {
      conversation = applyEvent(conversation ?? createConversation('', 0, null), event);
    }
  }
  return conversation && settleRunning(conversation);
}

function parseLine(line: string): ConversationEvent | undefined {
  try {
    return conversationEventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
