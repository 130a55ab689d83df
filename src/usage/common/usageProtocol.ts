/** What the host says to the page of usage, and the page's texts by key. */

import type { UsageRow } from './usageTable.ts';

export interface UsageHostMessage {
  type: 'usage-show';
  strings: UsageStrings;
  /** Where the user is, `YYYY-MM-DD`. */
  today: string;
  rows: readonly UsageRow[];
}

type UsageStringKey =
  | 'usage.title'
  | 'usage.period'
  | 'usage.today'
  | 'usage.month'
  | 'usage.all'
  | 'usage.export'
  | 'usage.prices'
  | 'usage.budget'
  | 'usage.none'
  | 'usage.day'
  | 'usage.model'
  | 'usage.connection'
  | 'usage.requests'
  | 'usage.input'
  | 'usage.cached'
  | 'usage.output'
  | 'usage.reasoning'
  | 'usage.cost'
  | 'usage.total'
  | 'usage.unknown'
  | 'usage.known'
  | 'usage.unpriced'
  | 'usage.uncounted';

/** `{0}` marks a value. */
export type UsageStrings = Record<UsageStringKey, string>;
