/** The order of the rows of usage. */

import { sumCosts } from '../../llm/pricing.ts';
import type { UsageRow } from './usageTable.ts';

export const usageColumns = [
  'day',
  'model',
  'connection',
  'cost',
  'requests',
  'input',
  'cached',
  'output',
  'reasoning',
] as const;
export type UsageColumn = (typeof usageColumns)[number];

export interface UsageOrder {
  by: UsageColumn;
  descending: boolean;
}

/** Unknown costs come last, whichever way the others are sorted; equal rows keep their order. */
export function sortUsage(rows: readonly UsageRow[], { by, descending }: UsageOrder): UsageRow[] {
  const direction = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [sortValue(a, by), sortValue(b, by)];
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    return (
      direction * (typeof left === 'number' && typeof right === 'number' ? left - right : byName(left, right))
    );
  });
}

function byName(a: string | number, b: string | number): number {
  return names.compare(String(a), String(b));
}

const names = new Intl.Collator(undefined, { numeric: true });

/** Sums of different currencies are put side by side as if one unit of each were the same. */
function sortValue(row: UsageRow, column: UsageColumn): string | number | undefined {
  switch (column) {
    case 'day':
    case 'model':
    case 'connection':
    case 'requests':
      return row[column];
    case 'input':
      return row.inputTokens;
    case 'cached':
      return row.cachedInputTokens;
    case 'output':
      return row.outputTokens;
    case 'reasoning':
      return row.reasoningTokens;
    case 'cost':
      return row.costs.length === 0
        ? undefined
        : sumCosts(row.costs).reduce((total, { nanos }) => total + nanos, 0);
  }
}
