/** Schema that an exported file must match to be imported. */

import * as z from 'zod';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import {
  answerPartSchema,
  attachmentSchema,
  conversationSettingsSchema,
  outcomeSchema,
  summarySchema,
  timeSchema,
} from './conversationSchema.ts';
import type { ImportedConversations } from './exportJson.ts';
import { fromStoredAnswer, type StoredAnswer } from './storedAnswer.ts';

/** Like `z.array`, but stops at the first wrong item: a file may hold a million, and zod reports each. */
function listOf<Item>(schema: z.ZodType<Item>): z.ZodType<Item[]> {
  return z.array(z.unknown()).transform((items, context) => {
    const checked: Item[] = [];
    for (const [index, item] of items.entries()) {
      const result = schema.safeParse(item);
      if (!result.success) {
        const [issue] = result.error.issues;
        const path = [index, ...(issue?.path ?? [])];
        context.addIssue({ code: 'custom', message: issue?.message ?? '', path });
        return z.NEVER;
      }
      checked.push(result.data);
    }
    return checked;
  });
}

const maxStops = 1000;

/** Limits the stop sequences first: the schema checks a list against each kind of parameter. */
const parameters = z
  .unknown()
  .refine((value) => {
    const { data } = z.looseObject({ stop: z.array(z.unknown()) }).safeParse(value);
    return [data?.stop, ...(data?.stop ?? [])].every(
      (list) => !Array.isArray(list) || list.length <= maxStops,
    );
  }, 'too many stop sequences')
  .pipe(modelParametersSchema);

/** An answer in a file of any Qiao version. */
export const storedAnswerSchema: z.ZodType<StoredAnswer> = outcomeSchema.extend({
  text: z.string(),
  reasoning: z.string(),
  parts: listOf(answerPartSchema).optional(),
});

export const turnSchema = z.object({
  id: z.string().min(1).max(200),
  parentId: z.string().nullable(),
  question: z.string(),
  attachments: listOf(attachmentSchema),
  model: z.string(),
  parameters,
  askedAt: timeSchema,
  answer: storedAnswerSchema.transform(fromStoredAnswer),
});

const conversation = z
  .object({
    createdAt: timeSchema,
    workspace: z.string().nullable(),
    title: z.string().optional(),
    pinned: z.boolean(),
    settings: conversationSettingsSchema.extend({ parameters: parameters.optional() }),
    summaries: listOf(summarySchema),
    turns: listOf(turnSchema),
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

export const conversationExportSchema: z.ZodType<ImportedConversations> = z.object({
  format: z.literal('qiao-conversations'),
  version: z.literal(1),
  conversations: listOf(conversation).refine(({ length }) => length > 0, 'empty'),
});
