/** One request in the ledger: who answered, how many tokens, what it cost then. No texts. */

import type { Usage } from '../../llm/chatModel.ts';
import type { Cost } from '../../llm/pricing.ts';

export interface UsageEntry {
  type: 'usage';
  /** Where the user is, `YYYY-MM-DD`. */
  day: string;
  connection: string;
  model: string;
  /** The platform's own counts; absent where it gave none, as for an answer that was stopped. */
  usage?: Usage;
  /** By the price of that moment; absent where it was not known. */
  cost?: Cost;
}

/** `YYYY-MM-DD` where the user is. */
export function dayOf(date: Date): string {
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
