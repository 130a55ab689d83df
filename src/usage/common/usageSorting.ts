/** Sorts the usage table by a column. */

import { sortByValue } from '../../base/common/sortByValue.ts';
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

/** Rows of unknown cost come last in both directions; equal rows keep their order. */
export function sortUsage(rows: readonly UsageRow[], { by, descending }: UsageOrder): UsageRow[] {
  return sortByValue(rows, sortValues[by], descending);
}

const sortValues: Record<UsageColumn, (row: UsageRow) => string | number | undefined> = {
  day: ({ day }) => day,
  model: ({ model }) => model,
  connection: ({ connection }) => connection,
  // Adds up different currencies as if one unit of each were worth the same.
  cost: ({ costs }) =>
    costs.length === 0 ? undefined : sumCosts(costs).reduce((total, { nanos }) => total + nanos, 0),
  requests: ({ requests }) => requests,
  input: ({ inputTokens }) => inputTokens,
  cached: ({ cachedInputTokens }) => cachedInputTokens,
  output: ({ outputTokens }) => outputTokens,
  reasoning: ({ reasoningTokens }) => reasoningTokens,
};
