/** A request in the usage ledger: model, tokens and cost, without texts. */

import type { Usage } from '../../llm/chatModel.ts';
import type { Cost } from '../../llm/pricing.ts';

export interface UsageEntry {
  type: 'usage';
  /** In the user's time zone, `YYYY-MM-DD`. */
  day: string;
  connection: string;
  model: string;
  /** The platform's counts; absent if it gave none, for example for a stopped answer. */
  usage?: Usage;
  /** By the price at that time; absent if unknown. */
  cost?: Cost;
}

/** `YYYY-MM-DD` in the user's time zone. */
export function dayOf(date: Date): string {
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
