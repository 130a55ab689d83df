/** A question as it is handed over, and the one that waits for the running answer. */

import type { ModelParameters } from '../../llm/chatModel.ts';
import type { Turn } from '../common/conversation.ts';
import type { ConversationView } from '../common/protocol.ts';
import { toAttachmentView } from './views.ts';

export interface ReadyQuestion extends Pick<Turn, 'question' | 'prompt' | 'attachments'> {
  /** Those of a slash command; else the conversation's. */
  model?: string;
  parameters?: ModelParameters;
}

export interface QueuedQuestion extends ReadyQuestion {
  /** It waits until the user says so, because the answer before it did not end well. */
  held: boolean;
}

/** Without the texts of what is attached. */
export function toQueuedView(queued: QueuedQuestion | undefined): ConversationView['queued'] {
  return (
    queued && {
      text: queued.question,
      attachments: queued.attachments.map(toAttachmentView),
      held: queued.held,
    }
  );
}
