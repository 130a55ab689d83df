/** Exports conversations as JSON, with all branches and without keys, and imports them again. */

import type { Conversation, Turn } from './conversation.ts';
import { settleRunning } from './conversationLog.ts';
import { type StoredAnswer, toStoredAnswer } from './storedAnswer.ts';

/** Without the id and the deletion, which belong to the history. */
export interface ExportedConversation extends Omit<Conversation, 'id' | 'deletedAt' | 'turns'> {
  turns: readonly (Omit<Turn, 'answer'> & { answer: StoredAnswer })[];
}

export interface ConversationExport {
  format: 'qiao-conversations';
  version: 1;
  conversations: readonly ExportedConversation[];
}

/** An exported file that was checked. */
export interface ImportedConversations {
  conversations: readonly Omit<Conversation, 'id' | 'deletedAt'>[];
}

/** The text of the file. Exporting the result of `fromExport` gives the same text. */
export function exportJson(conversations: readonly Conversation[]): string {
  const file: ConversationExport = {
    format: 'qiao-conversations',
    version: 1,
    conversations: conversations.map(toExported),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Makes new conversations of a checked file; `newId` makes their ids. */
export function fromExport(file: ImportedConversations, newId: () => string): Conversation[] {
  return file.conversations.map((conversation) => settleRunning({ ...conversation, id: newId() }));
}

/** Copies member by member: the order is fixed, and unknown members are left out. */
function toExported(conversation: Conversation): ExportedConversation {
  const { createdAt, workspace, title, pinned, settings, summaries, turns, headId } = conversation;
  return {
    createdAt,
    workspace,
    title,
    pinned,
    settings,
    summaries,
    turns: turns.map((turn) => {
      const { id, parentId, question, attachments, model, parameters, askedAt } = turn;
      const answer = toStoredAnswer(turn.answer);
      return { id, parentId, question, attachments, model, parameters, askedAt, answer };
    }),
    headId,
  };
}
