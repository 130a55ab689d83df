/** What the host says to the page of a comparison: one-way events. What the page says stands in `compareProtocolSchema.ts`. */

import type { AttachmentView, ErrorCard, HostMessage, ModelGroup } from '../../chat/common/protocol.ts';
import type { FinishReason } from '../../llm/chatModel.ts';
import type { Metrics } from './metrics.ts';

/** From the host to the page. Nothing is posted before the page said `view-ready`. */
export type CompareHostMessage =
  /** Everything; the page throws away what it had. */
  | {
      type: 'compare-snapshot';
      models: readonly ModelGroup[];
      comparison: ComparisonView;
    }
  /** Other models can be chosen. */
  | { type: 'compare-models'; models: readonly ModelGroup[] }
  /** Other columns, other questions, or another comparison in this tab. */
  | { type: 'compare-change'; comparison: ComparisonView }
  /** A run has begun, goes on or has ended. */
  | { type: 'compare-progress'; progress: CompareProgress }
  /** These cells are different now, and so are the columns' summaries. */
  | {
      type: 'cells-change';
      cells: readonly CellChange[];
      progress: CompareProgress;
      columns: readonly ColumnView[];
    }
  /** The marks of one question; without a column none is the best. */
  | { type: 'best-change'; questionId: string; columnId?: string }
  /** The answers to one question, which the page shows side by side from now on. */
  | { type: 'question-show'; question: QuestionView }
  /** More of an answer that is in sight; either text may be empty. */
  | { type: 'answer-delta'; questionId: string; columnId: string; text: string; reasoning: string }
  /** A new or other answer where one is in sight; `text` may have been revised. */
  | { type: 'answer-change'; questionId: string; columnId: string; answer: AnswerView }
  | Extract<HostMessage, { type: 'files-found' }>;

export const exportFormats = ['csv', 'markdown', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ComparisonView {
  /** Empty before the first question is asked. */
  id: string;
  /** The file of a set of questions. */
  source?: string;
  columns: readonly ColumnView[];
  rows: readonly RowView[];
  progress: CompareProgress;
  /** What stands in the question field at first. */
  draft: string;
  /** The question that is in sight; always there when there is just one. */
  question?: QuestionView;
}

export interface CompareProgress {
  running: boolean;
  /** Cells in all, those with an answer, and those that failed. */
  total: number;
  answered: number;
  failed: number;
}

export interface ColumnView {
  id: string;
  ref: string;
  name: string;
  /** Which connection it is reached by. */
  connection: string;
  summary?: ColumnSummary;
  /** Why the rest of this column was not asked, in the user's language. */
  blocked?: string;
}

/** Middle values and sums of a column's answers. */
export interface ColumnSummary {
  answered: number;
  failed: number;
  best: number;
  firstTokenMs?: number;
  tokensPerSecond?: number;
  totalMs?: number;
  inputTokens: number;
  outputTokens: number;
  estimated: boolean;
  cost?: CostView;
}

/** In the user's language; `amount` is for sorting. */
export interface CostView {
  text: string;
  amount: number;
}

/** A question as a row of the table. */
export interface RowView {
  id: string;
  /** Its beginning, on one line. */
  text: string;
  /** By column. */
  cells: Readonly<Record<string, CellView>>;
  bestColumnId?: string;
}

export interface CellView {
  status: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  /** The answer's beginning, or the error's title. */
  text: string;
  metrics?: Metrics;
  finishReason?: FinishReason;
  cost?: CostView;
}

export interface CellChange {
  questionId: string;
  columnId: string;
  cell: CellView;
}

/** A question and its answers, whole. */
export interface QuestionView {
  id: string;
  /** Counted from 1. */
  number: number;
  text: string;
  attachments: readonly AttachmentView[];
  /** How many turns of its conversation go along. */
  historyTurns: number;
  answers: Readonly<Record<string, AnswerView>>;
  bestColumnId?: string;
}

export interface AnswerView extends CellView {
  /** The whole answer. */
  text: string;
  reasoning: string;
  /** Of an answer that is coming. */
  firstTokenMs?: number;
  /** A failed request waits to be sent again: a sentence in the user's language. */
  wait?: string;
  /** Why it may be incomplete: a sentence in the user's language. */
  notice?: string;
  error?: ErrorCard;
}
