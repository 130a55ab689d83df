/** Makes a conversation of the lines of its file, and says in what state the file is. */

import { type Conversation, createConversation } from '../../common/conversation.ts';
import { applyEvents, type ConversationEvent, settleRunning } from '../../common/conversationLog.ts';
import { parseLine } from './lines.ts';

export interface StoredConversation {
  /** `empty`: nothing was asked yet that reached the disk. `damaged`: lines are missing from `conversation`. */
  state: 'ok' | 'empty' | 'damaged' | 'newer';
  /** All that could be read. */
  conversation?: Conversation;
}

export interface ConversationReader {
  push(line: string): void;
  /** `also`: events that are not in the file yet. */
  finish(also?: readonly ConversationEvent[]): StoredConversation;
}

/** Reads lines in the order of the file, in time that grows with their length alone. */
export function createConversationReader(): ConversationReader {
  const events: ConversationEvent[] = [];
  let newer = false;
  let damaged = false;
  /** A line that is cut is damage, unless it is the last one or a session begins behind it. */
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

/** Reads a whole file; `undefined` when it holds no conversation that can be opened. */
export function readConversation(text: string): Conversation | undefined {
  const reader = createConversationReader();
  for (const line of text.split('\n')) reader.push(line);
  const { state, conversation } = reader.finish();
  return state === 'ok' ? conversation : undefined;
}

function build(events: readonly ConversationEvent[], header: number): Conversation {
  const begun = events[header];
  const first = events.find((event) => event.type === 'turn');
  const empty =
    begun?.type === 'conversation'
      ? createConversation(begun.id, begun.createdAt, begun.workspace)
      : createConversation('', first?.turn.askedAt ?? 0, null);
  // The first header counts: a second one would wipe out what stands before it.
  const rest = events.filter(({ type }) => type !== 'conversation');
  return settleRunning(applyEvents(empty, rest));
}
