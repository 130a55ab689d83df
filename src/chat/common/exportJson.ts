/** Conversations as a file for other programs and other computers: all branches, nothing left out, no keys in it. */

import type { Conversation, Turn } from './conversation.ts';
import { settleRunning } from './conversationLog.ts';
import { type StoredAnswer, toStoredAnswer } from './storedAnswer.ts';

/** Without what belongs to the place it is kept in. */
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

/** The text of the file, for people to read too. What `fromExport` makes of it gives the same text again. */
export function exportJson(conversations: readonly Conversation[]): string {
  const file: ConversationExport = {
    format: 'qiao-conversations',
    version: 1,
    conversations: conversations.map(toExported),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** New conversations out of a checked file; `newId` gives each its id. */
export function fromExport(file: ImportedConversations, newId: () => string): Conversation[] {
  return file.conversations.map((conversation) => settleRunning({ ...conversation, id: newId() }));
}

/** Member by member, so that their order is always the same and nothing unknown slips in. */
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
