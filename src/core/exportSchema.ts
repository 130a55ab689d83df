/** Schema of an exported file, checked when it is imported: nothing is taken from one that is not sound. */

import * as z from 'zod';
import { modelParametersSchema } from './chatModelSchema.ts';
import {
  attachmentSchema,
  conversationSettingsSchema,
  outcomeSchema,
  summarySchema,
} from './conversationSchema.ts';
import type { ConversationExport } from './exportJson.ts';

/** One turn, with its answer. */
export const turnSchema = z.object({
  id: z.string().min(1),
  parentId: z.string().nullable(),
  question: z.string(),
  attachments: z.array(attachmentSchema),
  model: z.string(),
  parameters: modelParametersSchema,
  askedAt: z.number(),
  answer: outcomeSchema.extend({ text: z.string(), reasoning: z.string() }),
});

const conversation = z
  .object({
    createdAt: z.number(),
    workspace: z.string().nullable(),
    title: z.string().optional(),
    pinned: z.boolean(),
    settings: conversationSettingsSchema,
    summaries: z.array(summarySchema),
    turns: z.array(turnSchema),
    headId: z.string().nullable(),
  })
  .refine(({ turns, headId }) => {
    const known = new Set<string | null>([null]);
    for (const { id, parentId } of turns) {
      if (known.has(id) || !known.has(parentId)) return false;
      known.add(id);
    }
    return known.has(headId);
  }, 'The turns do not follow one another.');

export const conversationExportSchema: z.ZodType<ConversationExport> = z.object({
  format: z.literal('qiao-conversations'),
  version: z.literal(1),
  conversations: z.array(conversation).min(1),
});
