/** Messages between the usage page and its host. The page imports only types, so zod stays out of its bundle. */

import * as z from 'zod';
import type { UsageRow } from './usageTable.ts';

/** From the host to the page. */
export interface UsageHostMessage {
  type: 'usage-show';
  /** Today in the user's time zone, `YYYY-MM-DD`. */
  today: string;
  rows: readonly UsageRow[];
}

/** From the page to the host; invalid messages are logged and dropped. */
export const usageViewMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('usage-ready') }),
  /** Exports the rows whose day begins with `prefix`; empty: all rows. */
  z.strictObject({ type: z.literal('usage-export'), prefix: z.string().regex(/^(\d{4}-\d{2}(-\d{2})?)?$/) }),
  z.strictObject({ type: z.literal('usage-settings'), setting: z.enum(['prices', 'budget']) }),
]);

export type UsageViewMessage = z.infer<typeof usageViewMessageSchema>;
