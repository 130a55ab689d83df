/** Finds the attachments that a turn's answer is about. */

import { type Attachment, type Conversation, turnsUpTo } from '../../../chat/common/conversation.ts';

/** Attachments of the turn, or of the last earlier turn on its branch that has any. */
export function attachmentsAt(conversation: Conversation, turnId: string): readonly Attachment[] {
  return (
    turnsUpTo(conversation, turnId).findLast(({ attachments }) => attachments.length > 0)?.attachments ?? []
  );
}
