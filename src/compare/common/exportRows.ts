/** Lists a comparison's answers as rows for all export formats, one for each question and model. */

import { answerOf, type ComparedAnswer, type Comparison, cellsOf } from './comparison.ts';
import { type Metrics, metricsOf } from './metrics.ts';

export interface ExportRow {
  /** Of the question, counted from 1. */
  number: number;
  question: string;
  model: string;
  answer: ComparedAnswer | undefined;
  metrics: Metrics | undefined;
  best: boolean;
}

export function exportRows(comparison: Comparison): ExportRow[] {
  const numbers = new Map(comparison.questions.map(({ id }, index) => [id, index + 1]));
  return cellsOf(comparison).map((cell) => {
    const { question, column } = cell;
    const answer = answerOf(comparison, cell);
    return {
      number: numbers.get(question.id) ?? 0,
      question: question.text,
      model: column.model,
      answer,
      metrics: answer && metricsOf(answer),
      best: comparison.best.get(question.id) === column.id,
    };
  });
}
