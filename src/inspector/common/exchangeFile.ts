/** Writes records as JSON files and reads them back. */

import * as z from 'zod';
import { exceedsLimits } from '../../base/common/jsonLimits.ts';
import { timeSchema } from '../../chat/common/conversationSchema.ts';
import { chatErrorKinds } from '../../llm/chatError.ts';
import { protocolIds } from '../../providers/common/protocols.ts';
import type { ExchangeRecord } from './exchangeRecord.ts';

const format = 'qiao-exchange';
const version = 1;

export function writeExchangeFile(record: ExchangeRecord): string {
  return `${JSON.stringify({ format, version, record }, null, 2)}\n`;
}

/** Whether the text begins like an exported record, valid or not. */
export function looksLikeExchangeFile(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"qiao-exchange"/.test(text);
}

/** A stream part has about ten values. */
const limits = { depth: 32, values: 500_000 };

/** Throws an `Error` that names the first invalid member. */
export function readExchangeFile(text: string): ExchangeRecord {
  if (exceedsLimits(text, limits)) throw new Error(`more than ${limits.values} values`);
  const { data, error } = fileSchema.safeParse(JSON.parse(text));
  if (data) return data.record;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

const atMs = z.number().min(0);
const headers = z.record(z.string(), z.string());
const failureSchema = z.object({
  kind: z.enum(chatErrorKinds),
  message: z.string(),
  status: z.number().optional(),
  code: z.string().optional(),
  requestId: z.string().optional(),
});
const usage = z.object({ inputTokens: z.number(), outputTokens: z.number(), totalTokens: z.number() });
const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text-delta'), text: z.string() }),
  z.object({ type: z.literal('text-replace'), text: z.string() }),
  z.object({ type: z.literal('reasoning-delta'), text: z.string() }),
  z.object({ type: z.literal('tool-call'), id: z.string(), name: z.string(), arguments: z.string() }),
  z.object({
    type: z.literal('finish'),
    reason: z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'other']),
    rawReason: z.string().optional(),
    usage: usage.optional(),
    requestId: z.string().optional(),
    bannedRound: z.number().optional(),
  }),
]);
const recordSchema: z.ZodType<ExchangeRecord> = z.object({
  number: z.number(),
  startedAt: timeSchema,
  protocol: z.enum(protocolIds),
  model: z.string(),
  turnId: z.string().optional(),
  replayOf: z.number().optional(),
  fileName: z.string().optional(),
  attempts: z.array(
    z.object({
      request: z
        .object({
          purpose: z.enum(['answer', 'token']),
          attempt: z.number(),
          method: z.enum(['GET', 'POST']),
          url: z.string(),
          headers,
          body: z.string(),
          bodyChanged: z.boolean(),
          atMs,
        })
        .optional(),
      response: z.object({ status: z.number(), headers, atMs }).optional(),
      chunks: z.array(z.object({ atMs, text: z.string() })),
      failure: failureSchema.extend({ atMs }).optional(),
      waitMs: z.number().optional(),
    }),
  ),
  parts: z.array(z.object({ atMs, part: partSchema })),
  endedMs: atMs.optional(),
  failure: failureSchema.optional(),
  cut: z.boolean().optional(),
});
const fileSchema = z.object({
  format: z.literal(format),
  version: z.literal(version),
  record: recordSchema,
});
