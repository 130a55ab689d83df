/** Exports a comparison as JSON for other programs. */

import { exactAmount } from '../../llm/pricing.ts';
import type { Comparison } from './comparison.ts';
import type { ExportRow } from './exportRows.ts';

/** `version` increases when a member changes its meaning. */
export function exportComparisonJson(comparison: Comparison, rows: readonly ExportRow[]): string {
  const { createdAt, source, systemPrompt, parameters, columns, questions } = comparison;
  const file = {
    format: 'qiao-comparison',
    version: 1,
    createdAt: new Date(createdAt).toISOString(),
    source,
    systemPrompt,
    parameters,
    models: columns.map(({ model }) => model),
    questions: questions.map(({ text, prompt }, index) => ({ number: index + 1, text, prompt })),
    answers: rows.flatMap(({ number, model, answer, metrics, best }) => {
      if (!answer || !metrics) return [];
      const { status, text, reasoning, retries, cost, finishReason, rawReason, requestId, error } = answer;
      return [
        {
          question: number,
          model,
          status,
          best,
          text,
          reasoning,
          ...metrics,
          cost: cost && { amount: exactAmount(cost), currency: cost.currency },
          retries,
          finishReason,
          rawReason,
          requestId,
          error,
          askedAt: new Date(answer.askedAt).toISOString(),
        },
      ];
    }),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
