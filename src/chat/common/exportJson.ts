/** Conversations as a file for other programs and other computers: all branches, nothing left out, no keys in it. */

import type { Conversation } from './conversation.ts';
import { settleRunning } from './conversationLog.ts';

/** Without what belongs to the place it is kept in. */
export type ExportedConversation = Omit<Conversation, 'id' | 'deletedAt'>;

export interface ConversationExport {
  format: 'qiao-conversations';
  version: 1;
  conversations: readonly ExportedConversation[];
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
export function fromExport(file: ConversationExport, newId: () => string): Conversation[] {
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
      const { text, reasoning, ...outcome } = turn.answer;
      const answer = { ...outcome, text, reasoning };
      return { id, parentId, question, attachments, model, parameters, askedAt, answer };
    }),
    headId,
  };
}
