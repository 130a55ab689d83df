/** Measures that the question table can show, and the order of its rows. */

import * as l10n from '@vscode/l10n';
import { sortByValue } from '../../base/common/sortByValue.ts';
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
/** The value that the cells show. */
export type Measure = (typeof measures)[number];

/** The measure's name in the user's language. */
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

/** Rows without a value come last in both directions. */
export function sortRows(
  rows: readonly RowView[],
  { by, descending }: SortOrder,
  measure: Measure,
): NumberedRow[] {
  const numbered = rows.map((row, index) => ({ ...row, number: index + 1 }));
  const sortKeyOf = (row: NumberedRow): string | number | undefined => {
    if (by === 'number') return row.number;
    if (by === 'question') return row.text;
    const cell = row.cells[by.columnId];
    return cell && sortValues[measure](cell);
  };
  return sortByValue(numbered, sortKeyOf, descending);
}

const sortValues: Record<Measure, (cell: CellView) => string | number | undefined> = {
  answer: ({ text }) => text || undefined,
  firstToken: ({ metrics }) => metrics?.firstTokenMs,
  totalTime: ({ metrics }) => metrics?.totalMs,
  speed: ({ metrics }) => metrics?.tokensPerSecond,
  tokensIn: ({ metrics }) => metrics?.inputTokens,
  tokensOut: ({ metrics }) => metrics?.outputTokens,
  cost: ({ cost }) => cost?.amount,
  finish: ({ status, finishReason }) =>
    status === 'waiting' || status === 'running' ? undefined : `${status} ${finishReason ?? ''}`,
};
