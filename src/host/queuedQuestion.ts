/** The question that waits for the running answer: what is kept of it, and what the panel sees. */

import type { Attachment } from '../core/conversation.ts';
import type { ConversationView } from '../core/protocol.ts';
import { toAttachmentView } from './views.ts';

export interface QueuedQuestion {
  text: string;
  attachments: readonly Attachment[];
  /** It waits until the user says so, because the answer before it did not end well. */
  held: boolean;
}

/** Without the texts of its code. */
export function toQueuedView(queued: QueuedQuestion | undefined): ConversationView['queued'] {
  return queued && { ...queued, attachments: queued.attachments.map(toAttachmentView) };
}
