/** Reads a conversation from its history file. */

import { setImmediate as pause } from 'node:timers/promises';
import type { HistoryFiles } from '../../../base/host/files.ts';
import { type Conversation, createConversation } from '../../common/conversation.ts';
import { applyEvents, type ConversationEvent, settleRunning } from '../../common/conversationLog.ts';
import { parseLine } from './parseLine.ts';

export interface StoredConversation {
  /** `empty`: no question has reached the disk yet. `damaged`: lines are missing from `conversation`. */
  state: 'ok' | 'empty' | 'damaged' | 'newer';
  /** Everything that could be read. */
  conversation?: Conversation;
}

export interface LoadedConversation extends StoredConversation {
  /** The byte offset in the file where the lines read end. A line that is cut at the end is not among them. */
  end: number;
}

/** Bytes that are parsed before a pause for the extension host: some tens of milliseconds. */
const stretch = 1_000_000;

/** `also`: events that did not reach the disk. Throws when there is neither a file nor such events. */
export async function loadConversation(
  files: HistoryFiles,
  file: string,
  also: readonly ConversationEvent[] = [],
): Promise<LoadedConversation> {
  const bytes = await files.read(file).catch((error: unknown) => {
    if (also.length > 0) return Buffer.alloc(0);
    throw error;
  });
  const reader = createConversationReader();
  let from = 0;
  let pausedAt = 0;
  for (let to = bytes.indexOf(0x0a); to !== -1; to = bytes.indexOf(0x0a, from)) {
    reader.push(bytes.toString('utf8', from, to));
    from = to + 1;
    if (from - pausedAt < stretch) continue;
    pausedAt = from;
    await pause();
  }
  const last = bytes.toString('utf8', from);
  reader.push(last);
  return { ...reader.finish(also), end: parseLine(last).fault ? from : bytes.length };
}

export interface ConversationReader {
  push(line: string): void;
  /** `also`: events that are not in the file. */
  finish(also?: readonly ConversationEvent[]): StoredConversation;
}

/** Takes the lines of a file in their order, in linear time. */
export function createConversationReader(): ConversationReader {
  const events: ConversationEvent[] = [];
  let newer = false;
  let damaged = false;
  /** The line before was cut. That is damage, unless it is the last one or a session begins after it. */
  let cut = false;

  return {
    push(text) {
      const line = parseLine(text);
      if (line.events.length === 0 && !line.fault) return;
      if (cut && !line.session) damaged = true;
      for (const event of line.events) events.push(event);
      newer ||= line.fault === 'newer';
      damaged ||= line.fault === 'bad';
      cut = line.fault === 'cut';
    },
    finish(also = []) {
      const all = [...events, ...also];
      const header = all.findIndex(({ type }) => type === 'conversation');
      const headless = header === -1 ? all.some(({ type }) => type !== 'session') : false;
      const conversation = headless || header !== -1 ? build(all, header) : undefined;
      if (newer) return { state: 'newer', conversation };
      if (damaged || headless) return { state: 'damaged', conversation };
      return { state: conversation ? 'ok' : 'empty', conversation };
    },
  };
}

function build(events: readonly ConversationEvent[], header: number): Conversation {
  const begun = events[header];
  const first = events.find((event) => event.type === 'turn');
  const empty =
    begun?.type === 'conversation'
      ? createConversation(begun.id, begun.createdAt, begun.workspace)
      : createConversation('', first?.turn.askedAt ?? 0, null);
  // Only the first header counts: applying a second one would empty the conversation.
  const rest = events.filter(({ type }) => type !== 'conversation');
  return settleRunning(applyEvents(empty, rest));
}
