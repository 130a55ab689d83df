/** Schema of the lines of a history file. */

import * as z from 'zod';
import { chatErrorKinds } from './chatError.ts';
import { modelParametersSchema } from './chatModelSchema.ts';
import type { ConversationEvent } from './conversationLog.ts';

const attachment = z.object({
  id: z.string(),
  kind: z.enum(['selection', 'file', 'symbol', 'visible']),
  path: z.string(),
  uri: z.string(),
  languageId: z.string(),
  startLine: z.number(),
  endLine: z.number(),
  text: z.string(),
  symbol: z.string().optional(),
});

const outcome = z.object({
  status: z.enum(['running', 'done', 'stopped', 'failed', 'interrupted']),
  finishReason: z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'other']).optional(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number(), totalTokens: z.number() }).optional(),
  reasoningMs: z.number().optional(),
  estimatedInputTokens: z.number().optional(),
  requestId: z.string().optional(),
  omittedTurns: z.number().optional(),
  error: z
    .object({
      kind: z.enum(chatErrorKinds),
      providerId: z.string(),
      message: z.string(),
      status: z.number().optional(),
      code: z.string().optional(),
      requestId: z.string().optional(),
    })
    .optional(),
});

const turnId = z.string();

const settings = z.object({
  model: z.string().optional(),
  parameters: modelParametersSchema.optional(),
  systemPrompt: z.string().optional(),
});

export const conversationEventSchema: z.ZodType<ConversationEvent> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('conversation'),
    version: z.literal(1),
    id: z.string(),
    createdAt: z.number(),
    workspace: z.string().nullable(),
  }),
  z.object({ type: z.literal('session'), at: z.number() }),
  z.object({
    type: z.literal('turn'),
    turn: z.object({
      id: z.string(),
      parentId: z.string().nullable().optional(),
      question: z.string(),
      attachments: z.array(attachment),
      model: z.string(),
      parameters: modelParametersSchema,
      askedAt: z.number(),
    }),
  }),
  z.object({ type: z.literal('delta'), turnId, text: z.string(), reasoning: z.string() }),
  z.object({ type: z.literal('replace'), turnId, text: z.string() }),
  z.object({ type: z.literal('outcome'), turnId, outcome }),
  z.object({ type: z.literal('continuation'), turnId }),
  z.object({ type: z.literal('removal'), turnId }),
  z.object({ type: z.literal('head'), turnId: turnId.nullable() }),
  z.object({ type: z.literal('settings'), settings }),
  z.object({ type: z.literal('summary'), summary: z.object({ throughTurnId: turnId, text: z.string() }) }),
  z.object({
    type: z.literal('listing'),
    title: z.string().optional(),
    pinned: z.boolean().optional(),
    deletedAt: z.number().nullable().optional(),
  }),
]);
