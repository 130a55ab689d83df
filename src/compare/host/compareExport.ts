/** Exports a comparison as CSV, Markdown or JSON. */

import { l10n } from 'vscode';
import { toFileName } from '../../base/common/fileName.ts';
import { saveText } from '../../base/host/window/fileDialogs.ts';
import type { Models } from '../../connections/host/models.ts';
import { describeEnding } from '../../errors/host/endingTexts.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import { formatCost } from '../../llm/pricing.ts';
import type { ExportFormat } from '../common/compareProtocol.ts';
import type { Comparison } from '../common/comparison.ts';
import { exportCsv } from '../common/exportCsv.ts';
import { exportComparisonJson } from '../common/exportJson.ts';
import { exportComparisonMarkdown } from '../common/exportMarkdown.ts';
import { type ExportRow, exportRows } from '../common/exportRows.ts';
import { titleOfComparison } from './compareViews.ts';

export interface CompareExportDependencies {
  models: Pick<Models, 'describe'>;
}

const files: Record<ExportFormat, { extension: string; filter: string }> = {
  csv: { extension: 'csv', filter: 'CSV' },
  markdown: { extension: 'md', filter: 'Markdown' },
  json: { extension: 'json', filter: 'JSON' },
};

/** Asks for a place and writes the file; does nothing if the user cancels. */
export async function exportComparison(
  comparison: Comparison,
  format: ExportFormat,
  dependencies: CompareExportDependencies,
): Promise<void> {
  const { extension, filter } = files[format];
  await saveText({
    name: `${toFileName(titleOfComparison(comparison))}.${extension}`,
    filters: { [filter]: [extension] },
    title: l10n.t('Export Comparison'),
    text: () => toText(comparison, format, dependencies),
    saved: (name) => l10n.t('The comparison was exported to {0}.', name),
  });
}

function toText(comparison: Comparison, format: ExportFormat, { models }: CompareExportDependencies): string {
  const rows = exportRows(comparison);
  if (format === 'csv') return exportCsv(rows);
  if (format === 'json') return exportComparisonJson(comparison, rows);
  const nameOf = (model: string): string => `${models.describe(model).name} (${model})`;
  return exportComparisonMarkdown(comparison, rows, {
    title: titleOfComparison(comparison),
    question: (number) => l10n.t('Question {0}', number),
    headings: [
      l10n.t('Model'),
      l10n.t('First token'),
      l10n.t('Tokens per second'),
      l10n.t('Tokens in / out'),
      l10n.t('Cost'),
    ],
    cells: (row) => [nameOf(row.model), ...measured(row)],
    best: l10n.t('Best'),
    ending: endingOf,
    name: nameOf,
  });
}

function measured({ metrics, answer }: ExportRow): string[] {
  const unknown = '–';
  if (!metrics) return [unknown, unknown, unknown, unknown];
  const about = metrics.estimated ? '≈ ' : '';
  const { firstTokenMs, tokensPerSecond, inputTokens, outputTokens } = metrics;
  return [
    firstTokenMs === undefined ? unknown : `${Math.round(firstTokenMs)} ms`,
    tokensPerSecond === undefined ? unknown : `${about}${tokensPerSecond.toFixed(1)}`,
    `${about}${inputTokens ?? unknown} / ${outputTokens ?? unknown}`,
    answer?.cost ? formatCost(answer.cost) : unknown,
  ];
}

function endingOf({ answer }: ExportRow): string {
  if (!answer) return l10n.t('Not asked yet');
  if (answer.status === 'stopped') return l10n.t('Stopped');
  if (answer.error) {
    const { title, detail } = toErrorCard(answer.error);
    return [title, detail].filter(Boolean).join(': ');
  }
  if (answer.finishReason === 'length') return l10n.t('Cut at the length limit');
  return describeEnding(answer) ?? '';
}
