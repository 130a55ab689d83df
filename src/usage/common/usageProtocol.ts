/** What the host says to the page of usage. */

import type { UsageRow } from './usageTable.ts';

export interface UsageHostMessage {
  type: 'usage-show';
  /** Where the user is, `YYYY-MM-DD`. */
  today: string;
  rows: readonly UsageRow[];
}
