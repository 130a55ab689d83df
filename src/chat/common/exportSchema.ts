/** Schema of an exported file, checked when it is imported: nothing is taken from one that is not sound. */

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

/**
 * A list whose items are checked up to the first that is wrong: a file can hold a million of those, and each would be
 * reported.
 */
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

const mostStops = 1000;

/** Its lists are of one of several kinds, and are checked against each. */
const parameters = z
  .unknown()
  .refine((value) => {
    const { data } = z.looseObject({ stop: z.array(z.unknown()) }).safeParse(value);
    return [data?.stop, ...(data?.stop ?? [])].every(
      (list) => !Array.isArray(list) || list.length <= mostStops,
    );
  }, 'too many stop sequences')
  .pipe(modelParametersSchema);

/** An answer of a file: of any version of Qiao. */
export const storedAnswerSchema: z.ZodType<StoredAnswer> = outcomeSchema.extend({
  text: z.string(),
  reasoning: z.string(),
  parts: listOf(answerPartSchema).optional(),
});

/** One turn, with its answer. */
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
