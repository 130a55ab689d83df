/** Schema of script steps; strict, so that a misspelt member fails the test. */

import * as z from 'zod';
import type { ScriptStep } from './scriptStep.ts';

const count = z.number().int().min(0);
const milliseconds = z.number().min(0);
const headers = z.record(z.string(), z.string());

export const scriptStepSchema: z.ZodType<ScriptStep> = z.strictObject({
  name: z.string().optional(),
  match: z
    .strictObject({
      path: z.string().optional(),
      model: z.string().optional(),
      stream: z.boolean().optional(),
      bodyIncludes: z.string().optional(),
    })
    .optional(),
  times: z.union([z.number().int().min(1), z.literal('always')]).optional(),
  unchecked: z.boolean().optional(),
  text: z.string().optional(),
  pieces: z.array(z.string()).optional(),
  snapshots: z.array(z.string()).optional(),
  reasoning: z.union([z.string(), z.array(z.string())]).optional(),
  toolCalls: z
    .array(z.strictObject({ id: z.string().optional(), name: z.string(), arguments: z.string() }))
    .optional(),
  usage: z
    .strictObject({
      inputTokens: count.optional(),
      outputTokens: count.optional(),
      totalTokens: count.optional(),
    })
    .nullable()
    .optional(),
  finishReason: z.string().optional(),
  requestId: z.string().optional(),
  resultFormat: z.enum(['text', 'message']).optional(),
  reasoningAs: z.enum(['reasoning_content', 'reasoning', 'think-tag']).optional(),
  usageOn: z.enum(['every', 'finish']).optional(),
  moderation: z
    .strictObject({
      needClearHistory: z.boolean().optional(),
      banRound: z.number().int().optional(),
      flag: count.optional(),
    })
    .optional(),
  obeyParameters: z.boolean().optional(),
  delayMs: z
    .union([
      milliseconds,
      z.strictObject({
        headers: milliseconds.optional(),
        firstEvent: milliseconds.optional(),
        betweenEvents: milliseconds.optional(),
      }),
    ])
    .optional(),
  holdAfter: z.union([count, z.array(count)]).optional(),
  error: z
    .strictObject({
      status: z.number().int(),
      code: z.string(),
      message: z.string(),
      headers: headers.optional(),
      contentType: z.string().optional(),
      afterPieces: count.optional(),
      framing: z.enum(['json', 'event', 'sse', 'line']).optional(),
      thenDone: z.boolean().optional(),
    })
    .optional(),
  cutAfter: count.optional(),
  resetAfter: z.union([count, z.literal('request')]).optional(),
  stallAfter: z.union([count, z.literal('request')]).optional(),
  partialBytes: count.optional(),
  omit: z.array(z.enum(['start', 'finish', 'usage', 'done'])).optional(),
  blankLines: z.boolean().optional(),
  end: z.enum(['close', 'reset', 'stall']).optional(),
  response: z
    .strictObject({
      status: z.number().int().optional(),
      headers: headers.optional(),
      body: z.string().optional(),
      bodyBase64: z.base64().optional(),
    })
    .optional(),
  html: z.number().int().optional(),
  empty: z.boolean().optional(),
  redirect: z
    .union([z.string(), z.strictObject({ location: z.string(), status: z.number().int().optional() })])
    .optional(),
  headers: headers.optional(),
  split: z
    .union([
      z.literal('event'),
      z.strictObject({ everyBytes: z.number().int().min(1) }),
      z.strictObject({ atBytes: z.array(z.number().int().min(1)) }),
    ])
    .optional(),
  contentEncoding: z.enum(['gzip', 'br']).optional(),
});
