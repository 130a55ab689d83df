/** What the page of usage says to its host: schemas, and the type that follows from them. The webview imports the type alone. */

import * as z from 'zod';

/** From the page to the host; a bad one is logged and dropped. */
export const usageViewMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('usage-ready') }),
  /** The rows of the days that begin with `prefix`; empty: all. */
  z.strictObject({ type: z.literal('usage-export'), prefix: z.string().regex(/^(\d{4}-\d{2}(-\d{2})?)?$/) }),
  z.strictObject({ type: z.literal('usage-settings'), setting: z.enum(['prices', 'budget']) }),
]);

export type UsageViewMessage = z.infer<typeof usageViewMessageSchema>;
