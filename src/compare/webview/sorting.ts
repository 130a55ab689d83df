/** What the table can show of answers, and the order of its rows. */

import * as l10n from '@vscode/l10n';
import type { CellView, RowView } from '../common/compareProtocol.ts';

export const measures = [
  'answer',
  'firstToken',
  'totalTime',
  'speed',
  'tokensIn',
  'tokensOut',
  'cost',
  'finish',
] as const;
/** What stands in the cells. */
export type Measure = (typeof measures)[number];

/** What a measure is called, in the user's language. */
export function measureName(measure: Measure): string {
  const names: Record<Measure, string> = {
    answer: l10n.t('Answer'),
    firstToken: l10n.t('First token'),
    totalTime: l10n.t('Total time'),
    speed: l10n.t('Tokens per second'),
    tokensIn: l10n.t('Tokens in'),
    tokensOut: l10n.t('Tokens out'),
    cost: l10n.t('Cost'),
    finish: l10n.t('Ending'),
  };
  return names[measure];
}

export interface SortOrder {
  /** `number` is the order of the file; else a column's id. */
  by: 'number' | 'question' | { columnId: string };
  descending: boolean;
}

export interface NumberedRow extends RowView {
  /** Counted from 1, in the order of the file. */
  number: number;
}

/** Rows without a value come last, whichever way the others are sorted. */
export function sortRows(
  rows: readonly RowView[],
  { by, descending }: SortOrder,
  measure: Measure,
): NumberedRow[] {
  const numbered = rows.map((row, index) => ({ ...row, number: index + 1 }));
  const keyOf = (row: NumberedRow): string | number | undefined => {
    if (by === 'number') return row.number;
    if (by === 'question') return row.text;
    const cell = row.cells[by.columnId];
    return cell && sortValue(cell, measure);
  };
  const direction = descending ? -1 : 1;
  return numbered
    .map((row) => ({ row, value: keyOf(row) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return direction * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

function sortValue(
  { status, text, metrics, cost, finishReason }: CellView,
  measure: Measure,
): string | number | undefined {
  switch (measure) {
    case 'answer':
      return text === '' ? undefined : text;
    case 'firstToken':
      return metrics?.firstTokenMs;
    case 'totalTime':
      return metrics?.totalMs;
    case 'speed':
      return metrics?.tokensPerSecond;
    case 'tokensIn':
      return metrics?.inputTokens;
    case 'tokensOut':
      return metrics?.outputTokens;
    case 'cost':
      return cost?.amount;
    case 'finish':
      return status === 'waiting' || status === 'running' ? undefined : `${status} ${finishReason ?? ''}`;
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
