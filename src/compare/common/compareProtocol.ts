/** Messages from the host to the page of a comparison; `compareProtocolSchema.ts` has those from the page. */

import type { AttachmentView, ErrorCard, HostMessage, ModelGroup } from '../../chat/common/protocol.ts';
import type { FinishReason } from '../../llm/chatModel.ts';
import type { Metrics } from './metrics.ts';

/** Nothing is posted before the page's `view-ready`. */
export type CompareHostMessage =
  /** The whole state; replaces what the page had. */
  | {
      type: 'compare-snapshot';
      models: readonly ModelGroup[];
      comparison: ComparisonView;
    }
  /** The models that can be chosen have changed. */
  | { type: 'compare-models'; models: readonly ModelGroup[] }
  /** Columns or questions have changed, or the tab shows another comparison. */
  | { type: 'compare-change'; comparison: ComparisonView }
  /** The progress of a run, also at its start and end. */
  | { type: 'compare-progress'; progress: CompareProgress }
  /** Changed cells, and the columns' new summaries. */
  | {
      type: 'cells-change';
      cells: readonly CellChange[];
      progress: CompareProgress;
      columns: readonly ColumnView[];
    }
  /** The best answer to a question; without a column, none is marked. */
  | { type: 'best-change'; questionId: string; columnId?: string }
  /** A question and its answers, which the page opens. */
  | { type: 'question-show'; question: QuestionView }
  /** More text of an answer of the open question; either text may be empty. */
  | { type: 'answer-delta'; questionId: string; columnId: string; text: string; reasoning: string }
  /** A new state of an answer of the open question; `text` may have been revised. */
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
  /** The initial text of the question field. */
  draft: string;
  /** The open question; always set if there is only one. */
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
  /** The connection's name. */
  connection: string;
  summary?: ColumnSummary;
  /** Why the rest of this column was not asked, in the user's language. */
  blocked?: string;
}

/** Medians and sums over a column's answers. */
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
  /** How many earlier turns of its conversation are sent. */
  historyTurns: number;
  answers: Readonly<Record<string, AnswerView>>;
  bestColumnId?: string;
}

export interface AnswerView extends CellView {
  /** The whole answer. */
  text: string;
  reasoning: string;
  /** Of a running answer. */
  firstTokenMs?: number;
  /** Set while a failed request waits for its retry; in the user's language. */
  wait?: string;
  /** Why it may be incomplete, in the user's language. */
  notice?: string;
  error?: ErrorCard;
}
