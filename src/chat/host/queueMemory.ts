/** Keeps queued questions, those of conversations out of sight too, until they are asked: across a reload of the window. */

import type { Memento } from 'vscode';
import * as z from 'zod';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { attachmentSchema } from '../common/conversationSchema.ts';
import type { QueuedQuestion } from './queuedQuestion.ts';

export interface QueueMemory {
  get(conversationId: string): QueuedQuestion | undefined;
  /** `undefined`: nothing waits any more. Cheap when nothing is different. */
  set(conversationId: string, queued: QueuedQuestion | undefined): void;
}

const name = 'qiao.queuedQuestions';

const savedSchema = z.record(
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

/** What is stored there and can't be read counts as nothing. */
export function createQueueMemory(memory: Pick<Memento, 'get' | 'update'>): QueueMemory {
  const known = new Map<string, QueuedQuestion>(
    Object.entries(savedSchema.safeParse(memory.get(name)).data ?? {}),
  );
  return {
    get: (id) => known.get(id),
    set(id, queued) {
      if (known.get(id) === queued) return;
      if (queued) known.set(id, queued);
      else known.delete(id);
      void memory.update(name, known.size > 0 ? Object.fromEntries(known) : undefined);
    },
  };
}
