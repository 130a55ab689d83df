/** Prices and budget as the user sets them; what can't be read is told, never guessed. */

import * as z from 'zod';
import { type Currency, currencies, type ModelPrice } from '../../core/pricing.ts';
import { describeIssues, modelPriceSchema } from '../../core/pricingSchema.ts';

export interface PriceSettings {
  /** By `connectionId/modelId`, or by the model's id for every connection. */
  prices: ReadonlyMap<string, ModelPrice>;
  /** Each names the entry, the place in it, and what is wrong there. */
  problems: readonly string[];
}

const flatSchema = z.looseObject({ tiers: z.undefined().optional() });
const recordSchema = z.record(z.string(), z.unknown());

/** A price may be given without tiers: `{ "currency": "CNY", "input": 0.8, "output": 2 }`. */
export function parsePrices(value: unknown): PriceSettings {
  const prices = new Map<string, ModelPrice>();
  const problems: string[] = [];
  const entries = recordSchema.safeParse(value ?? {});
  if (!entries.success) return { prices, problems: ['(whole setting): an object is expected'] };
  for (const [model, entry] of Object.entries(entries.data)) {
    const { data, error } = modelPriceSchema.safeParse(withTiers(entry));
    if (data) prices.set(model, data);
    else
      problems.push(
        ...describeIssues(error)
          .split('\n')
          .map((line) => `"${model}" › ${line}`),
      );
  }
  return { prices, problems };
}

function withTiers(entry: unknown): unknown {
  const flat = flatSchema.safeParse(entry).data;
  if (!flat) return withDefaults(entry);
  const { currency, date, source, tiers: _none, ...tier } = flat;
  return withDefaults({ currency, date, source, tiers: [tier] });
}

/** When and where a price was found is worth noting, but nobody is made to. */
function withDefaults(entry: unknown): unknown {
  const given = recordSchema.safeParse(entry).data;
  if (!given) return entry;
  return { ...given, date: given.date ?? '1970-01-01', source: given.source ?? 'qiao.prices' };
}

export interface Budget {
  currency: Currency;
  /** In whole units of the currency; absent: no limit. */
  perDay?: number;
  perMonth?: number;
}

export function parseBudget(value: { currency: unknown; perDay: unknown; perMonth: unknown }): Budget {
  const limit = (given: unknown): number | undefined =>
    typeof given === 'number' && Number.isFinite(given) && given > 0 ? given : undefined;
  return {
    currency: currencies.find((known) => known === value.currency) ?? 'CNY',
    perDay: limit(value.perDay),
    perMonth: limit(value.perMonth),
  };
}

export interface BudgetWarning {
  period: 'day' | 'month';
  /** The day or month it is about. */
  key: string;
  percent: 80 | 100;
  spentNanos: number;
  limit: number;
}

/** What should be said now; `said` holds the highest percentage that was said before, by key. */
export function budgetWarnings(
  budget: Budget,
  spent: { day: string; dayNanos: number; monthNanos: number },
  said: Readonly<Record<string, number>>,
): BudgetWarning[] {
  const check = (
    period: BudgetWarning['period'],
    key: string,
    spentNanos: number,
    limit: number | undefined,
  ): BudgetWarning[] => {
    if (limit === undefined) return [];
    const used = spentNanos / (limit * 1e9);
    const percent = used >= 1 ? 100 : used >= 0.8 ? 80 : undefined;
    if (percent === undefined || (said[saidKey(key, limit, budget)] ?? 0) >= percent) return [];
    return [{ period, key: saidKey(key, limit, budget), percent, spentNanos, limit }];
  };
  return [
    ...check('day', spent.day, spent.dayNanos, budget.perDay),
    ...check('month', spent.day.slice(0, 7), spent.monthNanos, budget.perMonth),
  ];
}

/** A budget that was changed warns anew. */
function saidKey(key: string, limit: number, { currency }: Budget): string {
  return `${key} ${currency} ${limit}`;
}
