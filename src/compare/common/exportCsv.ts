/** Exports a comparison as CSV for spreadsheets, one line for each question and model. */

import { stringify } from 'csv-stringify/sync';
import { exactAmount } from '../../llm/pricing.ts';
import type { ExportRow } from './exportRows.ts';

const columns = [
  'number',
  'question',
  'model',
  'status',
  'answer',
  'best',
  'first_token_ms',
  'total_ms',
  'tokens_per_second',
  'input_tokens',
  'output_tokens',
  'tokens_estimated',
  'cost',
  'currency',
  'finish_reason',
  'error',
  'request_id',
  'asked_at',
];

/**
 * With a byte order mark, without which Excel takes UTF-8 for something else, and with an apostrophe before whatever a
 * spreadsheet would take for a formula.
 */
export function exportCsv(rows: readonly ExportRow[]): string {
  return stringify(rows.map(toRecord), {
    bom: true,
    header: true,
    columns,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

function toRecord({ number, question, model, answer, metrics, best }: ExportRow): unknown[] {
  return [
    number,
    question,
    model,
    answer?.status ?? 'not asked',
    answer?.text,
    best ? 'yes' : '',
    rounded(metrics?.firstTokenMs),
    rounded(metrics?.totalMs),
    rounded(metrics?.tokensPerSecond, 1),
    metrics?.inputTokens,
    metrics?.outputTokens,
    metrics && (metrics.estimated ? 'yes' : 'no'),
    answer?.cost && exactAmount(answer.cost),
    answer?.cost?.currency,
    answer?.finishReason,
    answer?.error && `${answer.error.kind}: ${answer.error.message}`,
    answer?.requestId,
    answer && new Date(answer.askedAt).toISOString(),
  ];
}

function rounded(value: number | undefined, digits = 0): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(digits));
}
