/** Parses the lines of the ledger one by one. */

import * as z from 'zod';
import { currencies } from '../../llm/pricing.ts';
import { daySchema } from '../../llm/pricingSchema.ts';
import type { UsageEntry } from './usageEntry.ts';

const count = z.number().min(0);

const entrySchema: z.ZodType<UsageEntry> = z.object({
  type: z.literal('usage'),
  day: daySchema,
  connection: z.string(),
  model: z.string(),
  usage: z
    .object({
      inputTokens: count,
      outputTokens: count,
      totalTokens: count,
      cachedInputTokens: count.optional(),
      reasoningTokens: count.optional(),
    })
    .optional(),
  cost: z.object({ currency: z.enum(currencies), nanos: z.int().min(0) }).optional(),
});

/** The start of every line; inside a JSON string its quotes would be escaped. */
const start = '{"type":"usage"';

/** `undefined` for an invalid line. Finds an entry behind the rest of a cut line. */
export function parseUsageLine(line: string): UsageEntry | undefined {
  const from = line.lastIndexOf(start);
  if (from === -1) return undefined;
  try {
    return entrySchema.safeParse(JSON.parse(line.slice(from))).data;
  } catch {
    return undefined;
  }
}
