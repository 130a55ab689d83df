/** Parses the budget settings and decides when to warn. */

import { type Currency, currencies } from '../../llm/pricing.ts';

export interface Budget {
  currency: Currency;
  /** In whole units of the currency; absent without a limit. */
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
  /** Identifies the day or month and the limit. */
  key: string;
  percent: 80 | 100;
  spentNanos: number;
  limit: number;
}

/** The warnings to show now; `said` has the highest percentage shown so far by key. */
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

/** Includes the limit, so that a changed budget warns again. */
function saidKey(key: string, limit: number, { currency }: Budget): string {
  return `${key} ${currency} ${limit}`;
}
