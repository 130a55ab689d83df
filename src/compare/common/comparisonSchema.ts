/** Validates the lines of a comparison's file. */

import * as z from 'zod';
import { attachmentSchema, outcomeSchema, timeSchema } from '../../chat/common/conversationSchema.ts';
import { turnSchema } from '../../chat/common/exportSchema.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { currencies } from '../../llm/pricing.ts';
import type { ComparisonEvent } from './comparisonLog.ts';

const answer = z.object({
  status: z.enum(['done', 'failed', 'stopped']),
  text: z.string(),
  reasoning: z.string(),
  askedAt: timeSchema,
  firstTokenMs: z.number().optional(),
  totalMs: z.number(),
  retries: z.number(),
  usage: outcomeSchema.shape.usage,
  cost: z.object({ currency: z.enum(currencies), nanos: z.number() }).optional(),
  estimatedInputTokens: z.number().optional(),
  finishReason: outcomeSchema.shape.finishReason,
  rawReason: outcomeSchema.shape.rawReason,
  requestId: z.string().optional(),
  error: outcomeSchema.shape.error,
});

/** One line of a comparison's file. */
export const comparisonEventSchema: z.ZodType<ComparisonEvent> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('comparison'),
    version: z.literal(1),
    id: z.string(),
    createdAt: timeSchema,
    source: z.string().optional(),
    setup: z.object({ systemPrompt: z.string(), parameters: modelParametersSchema }),
    questions: z.array(
      z.object({
        id: z.string(),
        text: z.string(),
        prompt: z.string().optional(),
        attachments: z.array(attachmentSchema),
        history: z.array(turnSchema),
      }),
    ),
  }),
  z.object({
    type: z.literal('columns'),
    columns: z.array(z.object({ id: z.string(), model: z.string() })),
  }),
  z.object({ type: z.literal('answer'), questionId: z.string(), columnId: z.string(), answer }),
  z.object({ type: z.literal('best'), questionId: z.string(), columnId: z.string().optional() }),
  z.object({ type: z.literal('run'), at: z.number() }),
  z.object({ type: z.literal('end'), at: z.number() }),
]);
