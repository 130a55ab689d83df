/** Sums the ledger's entries by day, connection and model. */

import { type Cost, type Currency, exactAmount, sumCosts } from '../../llm/pricing.ts';
import type { UsageEntry } from './usageEntry.ts';

/** One model's usage on one day. */
export interface UsageRow extends UsageTotals {
  day: string;
  connection: string;
  model: string;
}

export interface UsageTotals {
  requests: number;
  /** Requests without counts from the platform. */
  uncounted: number;
  /** Requests of unknown cost. */
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
    const row = this.#rows.get(key) ?? totalsOf([]);
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

  /** The cost in one currency on days that begin with `prefix` (a day or a month), in nanos. */
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

const csvColumns: readonly (readonly [name: string, cell: (row: UsageRow) => string | number])[] = [
  ['day', ({ day }) => day],
  ['connection', ({ connection }) => connection],
  ['model', ({ model }) => model],
  ['requests', ({ requests }) => requests],
  ['requests_without_counts', ({ uncounted }) => uncounted],
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['cached_input_tokens', ({ cachedInputTokens }) => cachedInputTokens],
  ['output_tokens', ({ outputTokens }) => outputTokens],
  ['reasoning_tokens', ({ reasoningTokens }) => reasoningTokens],
  ['cost_cny', (row) => amountIn('CNY', row)],
  ['cost_usd', (row) => amountIn('USD', row)],
  ['requests_without_price', ({ unpriced }) => unpriced],
];

/** CSV with a header, one line per row, and exact amounts. Unknown costs are empty cells, not 0. */
export function usageCsv(rows: readonly UsageRow[]): string {
  const lines = [
    csvColumns.map(([name]) => name),
    ...rows.map((row) => csvColumns.map(([, cell]) => cell(row))),
  ];
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function amountIn(currency: Currency, { costs }: UsageRow): string {
  const cost = costs.find((known) => known.currency === currency);
  return cost ? exactAmount(cost) : '';
}

/** Prefixes an apostrophe to a name that a spreadsheet would read as a formula. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
