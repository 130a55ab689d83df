/** Schema of the lines of a history file. */

import * as z from 'zod';
import { chatErrorKinds } from '../../llm/chatError.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { currencies } from '../../llm/pricing.ts';
import { attachmentKinds } from './conversation.ts';
import type { ConversationEvent } from './conversationLog.ts';

/** The latest time of a `Date`. A later one, from a damaged or hostile file, would throw when it is formatted. */
const lastMoment = 8.64e15;

/** Milliseconds since the epoch. */
export const timeSchema = z.number().transform((at) => Math.min(Math.max(at, -lastMoment), lastMoment));

export const attachmentSchema = z.object({
  id: z.string(),
  kind: z.enum(attachmentKinds),
  path: z.string(),
  uri: z.string(),
  languageId: z.string(),
  startLine: z.number(),
  endLine: z.number(),
  text: z.string(),
  cutCharacters: z.number().optional(),
  symbol: z.string().optional(),
  image: z
    .object({ mimeType: z.string(), data: z.string(), width: z.number(), height: z.number() })
    .optional(),
});

const rateLimitsSchema = z.object({
  limitRequests: z.number().optional(),
  limitTokens: z.number().optional(),
  remainingRequests: z.number().optional(),
  remainingTokens: z.number().optional(),
});

const toolPartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('tool-call'), id: z.string(), name: z.string(), arguments: z.string() }),
  z.object({
    type: z.literal('tool-result'),
    toolCallId: z.string(),
    text: z.string(),
    isError: z.boolean().optional(),
  }),
]);

export const answerPartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  ...toolPartSchema.options,
]);

export const outcomeSchema = z.object({
  status: z.enum(['running', 'done', 'stopped', 'failed', 'interrupted']),
  finishReason: z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'other']).optional(),
  rawReason: z.string().optional(),
  usage: z
    .object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      totalTokens: z.number(),
      cachedInputTokens: z.number().optional(),
      reasoningTokens: z.number().optional(),
    })
    .optional(),
  cost: z.object({ currency: z.enum(currencies), nanos: z.number() }).optional(),
  rateLimits: rateLimitsSchema.optional(),
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
      retryAfterMs: z.number().optional(),
      rateLimits: rateLimitsSchema.optional(),
    })
    .optional(),
});

const turnId = z.string();

export const summarySchema = z.object({ throughTurnId: turnId, text: z.string() });

export const conversationSettingsSchema = z.object({
  model: z.string().optional(),
  parameters: modelParametersSchema.optional(),
  systemPrompt: z.string().optional(),
});

const eventUnion = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('conversation'),
    version: z.literal(1),
    id: z.string(),
    createdAt: timeSchema,
    workspace: z.string().nullable(),
  }),
  z.object({ type: z.literal('session'), at: z.number() }),
  z.object({
    type: z.literal('turn'),
    turn: z.object({
      id: z.string(),
      parentId: z.string().nullable().optional(),
      question: z.string(),
      prompt: z.string().optional(),
      attachments: z.array(attachmentSchema),
      model: z.string(),
      parameters: modelParametersSchema,
      askedAt: timeSchema,
    }),
  }),
  z.object({ type: z.literal('delta'), turnId, text: z.string(), reasoning: z.string() }),
  z.object({ type: z.literal('replace'), turnId, text: z.string() }),
  z.object({ type: z.literal('part'), turnId, part: toolPartSchema }),
  z.object({ type: z.literal('outcome'), turnId, outcome: outcomeSchema }),
  z.object({ type: z.literal('continuation'), turnId }),
  z.object({ type: z.literal('removal'), turnId }),
  z.object({ type: z.literal('head'), turnId: turnId.nullable() }),
  z.object({ type: z.literal('settings'), settings: conversationSettingsSchema }),
  z.object({ type: z.literal('summary'), summary: summarySchema }),
  z.object({
    type: z.literal('listing'),
    title: z.string().optional(),
    pinned: z.boolean().optional(),
    deletedAt: timeSchema.nullable().optional(),
  }),
]);

/** One line of a history file. */
export const conversationEventSchema: z.ZodType<ConversationEvent> = eventUnion;

/** The types of lines that this version of Qiao knows. */
export const eventTypes: ReadonlySet<string> = new Set(
  eventUnion.options.map(({ shape }) => shape.type.value),
);
