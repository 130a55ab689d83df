/** Sums of the ledger by day and model. */

import { type Cost, type Currency, exactAmount, sumCosts } from '../../llm/pricing.ts';
import type { UsageEntry } from './usageEntry.ts';

/** What one model answered on one day. */
export interface UsageRow extends UsageTotals {
  day: string;
  connection: string;
  model: string;
}

export interface UsageTotals {
  requests: number;
  /** Requests for which the platform gave no counts. */
  uncounted: number;
  /** Requests whose cost is not known. */
  unpriced: number;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  /** One for each currency. */
  costs: readonly Cost[];
}

export class UsageTable {
  readonly #rows = new Map<string, UsageRow>();

  add({ day, connection, model, usage, cost }: UsageEntry): void {
    const key = JSON.stringify([day, connection, model]);
    const row = this.#rows.get(key) ?? { day, connection, model, ...noUsage };
    const added: UsageTotals = {
      requests: 1,
      uncounted: usage ? 0 : 1,
      unpriced: cost ? 0 : 1,
      inputTokens: usage?.inputTokens ?? 0,
      cachedInputTokens: usage?.cachedInputTokens ?? 0,
      outputTokens: usage?.outputTokens ?? 0,
      reasoningTokens: usage?.reasoningTokens ?? 0,
      costs: cost ? [cost] : [],
    };
    this.#rows.set(key, { day, connection, model, ...totalsOf([row, added]) });
  }

  /** The newest day first. */
  get rows(): UsageRow[] {
    return [...this.#rows.values()].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  }

  /** Spent in one currency on the days that begin with `prefix`: a day or a month. In nanos. */
  spent(prefix: string, currency: Currency): number {
    const costs = this.rows.filter(({ day }) => day.startsWith(prefix)).flatMap((row) => row.costs);
    return sumCosts(costs).find((sum) => sum.currency === currency)?.nanos ?? 0;
  }
}

export function totalsOf(rows: readonly UsageTotals[]): UsageTotals {
  const sum = (name: Exclude<keyof UsageTotals, 'costs'>): number =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    requests: sum('requests'),
    uncounted: sum('uncounted'),
    unpriced: sum('unpriced'),
    inputTokens: sum('inputTokens'),
    cachedInputTokens: sum('cachedInputTokens'),
    outputTokens: sum('outputTokens'),
    reasoningTokens: sum('reasoningTokens'),
    costs: sumCosts(rows.flatMap(({ costs }) => costs)),
  };
}

/** One line per row, with exact amounts. Unknown costs stay empty, which is not the same as 0. */
export function usageCsv(rows: readonly UsageRow[]): string {
  const header = [
    'day',
    'connection',
    'model',
    'requests',
    'requests_without_counts',
    'input_tokens',
    'cached_input_tokens',
    'output_tokens',
    'reasoning_tokens',
    'cost_cny',
    'cost_usd',
    'requests_without_price',
  ];
  const amount = (row: UsageRow, currency: Currency): string => {
    const cost = row.costs.find((known) => known.currency === currency);
    return cost ? exactAmount(cost) : '';
  };
  const lines = rows.map((row) => [
    row.day,
    row.connection,
    row.model,
    row.requests,
    row.uncounted,
    row.inputTokens,
    row.cachedInputTokens,
    row.outputTokens,
    row.reasoningTokens,
    amount(row, 'CNY'),
    amount(row, 'USD'),
    row.unpriced,
  ]);
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

const noUsage: UsageTotals = {
  requests: 0,
  uncounted: 0,
  unpriced: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costs: [],
};

/** A name that begins like a formula must not become one in a spreadsheet. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
