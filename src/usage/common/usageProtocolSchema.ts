/** Schema of what the page of usage says. */

import * as z from 'zod';
import type { UsageViewMessage } from './usageProtocol.ts';

/** A message of the page; a bad one is dropped. */
export const usageViewMessageSchema: z.ZodType<UsageViewMessage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('usage-ready') }),
  z.strictObject({ type: z.literal('usage-export'), prefix: z.string().regex(/^(\d{4}-\d{2}(-\d{2})?)?$/) }),
  z.strictObject({ type: z.literal('usage-settings'), setting: z.enum(['prices', 'budget']) }),
]);
