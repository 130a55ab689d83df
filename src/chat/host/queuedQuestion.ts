/** Questions that wait for a running answer, and their storage across a reload of the window. */

import type { Memento } from 'vscode';
import * as z from 'zod';
import type { ModelParameters } from '../../llm/chatModel.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import type { Turn } from '../common/conversation.ts';
import { attachmentSchema } from '../common/conversationSchema.ts';
import type { ConversationView } from '../common/protocol.ts';
import { toAttachmentView } from './turnViews.ts';

/** A question that can be sent as it is. */
export interface ReadyQuestion extends Pick<Turn, 'question' | 'prompt' | 'attachments'> {
  /** Model and parameters of a slash command; without them, the conversation's. */
  model?: string;
  parameters?: ModelParameters;
}

export interface QueuedQuestion extends ReadyQuestion {
  /** It waits for the user's confirmation, because the answer before it did not finish. */
  held: boolean;
}

/** Leaves out the texts of the attachments. */
export function toQueuedView(queued: QueuedQuestion | undefined): ConversationView['queued'] {
  return (
    queued && {
      text: queued.question,
      attachments: queued.attachments.map(toAttachmentView),
      held: queued.held,
    }
  );
}

/** The queued questions of all conversations of a workspace, shown or not. */
export interface QueuedQuestions {
  get(conversationId: string): QueuedQuestion | undefined;
  /** `undefined` removes the question. Writes nothing when nothing changed. */
  set(conversationId: string, queued: QueuedQuestion | undefined): void;
}

const stateName = 'qiao.queuedQuestions';

const storedSchema = z.record(
  z.string(),
  z.object({
    question: z.string(),
    prompt: z.string().optional(),
    attachments: z.array(attachmentSchema),
    model: z.string().optional(),
    parameters: modelParametersSchema.optional(),
    held: z.boolean(),
  }),
);

/** Ignores a stored value that does not match the schema. */
export function createQueuedQuestions(state: Pick<Memento, 'get' | 'update'>): QueuedQuestions {
  const known = new Map<string, QueuedQuestion>(
    Object.entries(storedSchema.safeParse(state.get(stateName)).data ?? {}),
  );
  return {
    get: (id) => known.get(id),
    set(id, queued) {
      if (known.get(id) === queued) return;
      if (queued) known.set(id, queued);
      else known.delete(id);
      void state.update(stateName, known.size > 0 ? Object.fromEntries(known) : undefined);
    },
  };
}
