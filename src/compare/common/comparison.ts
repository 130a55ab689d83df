/** Data model of a comparison: questions, columns of models, and their answers. */

import type { Attachment, ErrorReport, Turn } from '../../chat/common/conversation.ts';
import type { FinishReason, ModelParameters, Usage } from '../../llm/chatModel.ts';
import type { Cost } from '../../llm/pricing.ts';

/** How many models stand side by side. */
export const fewestColumns = 2;
export const mostColumns = 4;

export interface ComparedQuestion {
  id: string;
  /** As the user typed it, or as it stands in the file. */
  text: string;
  /** Sent in place of `text`, see `Turn.prompt`. */
  prompt?: string;
  attachments: readonly Attachment[];
  /** The earlier turns, for a question from a conversation. */
  history: readonly Turn[];
}

export interface ComparedColumn {
  id: string;
  /** `connectionId/modelId`. */
  model: string;
}

/** One model's answer to one question, including the text before an error or a stop. */
export interface ComparedAnswer {
  status: 'done' | 'failed' | 'stopped';
  text: string;
  reasoning: string;
  /** Milliseconds since the epoch. */
  askedAt: number;
  /** From the request that was answered to the first part of its answer; waits between tries do not count. */
  firstTokenMs?: number;
  /** From the same moment to the end. */
  totalMs: number;
  /** How often the request was sent again. */
  retries: number;
  usage?: Usage;
  /** By the price that held then; absent where that is not known. */
  cost?: Cost;
  /** Qiao's estimate, for platforms that do not count tokens. */
  estimatedInputTokens?: number;
  finishReason?: FinishReason;
  /** The platform's own word, where `finishReason` is `other`. */
  rawReason?: string;
  requestId?: string;
  error?: ErrorReport;
}

/** Settings of all questions, from when the comparison was created. */
export interface CompareSetup {
  systemPrompt: string;
  parameters: ModelParameters;
}

export interface Comparison extends CompareSetup {
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The name of the question file; absent for a typed question. */
  source?: string;
  questions: readonly ComparedQuestion[];
  /** The visible columns, from left to right. */
  columns: readonly ComparedColumn[];
  /** All columns so far by id, visible ones last: a column that returns keeps its answers. */
  knownColumns: Map<string, ComparedColumn>;
  /** By `cellKey`. */
  answers: Map<string, ComparedAnswer>;
  /** The id of the column with the best answer, by question. */
  best: Map<string, string>;
  /** Whether a run was going on when the last event was written. */
  running: boolean;
}

/** A question and the column it is asked in. */
export interface Cell {
  question: ComparedQuestion;
  column: ComparedColumn;
}

export function cellKey(questionId: string, columnId: string): string {
  return `${questionId}/${columnId}`;
}

export function answerOf({ answers }: Comparison, { question, column }: Cell): ComparedAnswer | undefined {
  return answers.get(cellKey(question.id, column.id));
}

/** Every cell, question by question. */
export function cellsOf({ questions, columns }: Comparison): Cell[] {
  return questions.flatMap((question) => columns.map((column) => ({ question, column })));
}

/** The cells a run asks: those without an answer, and with `failed` also failed ones. */
export function pendingCells(comparison: Comparison, { failed = false } = {}): Cell[] {
  return cellsOf(comparison).filter((cell) => {
    const status = answerOf(comparison, cell)?.status;
    return status === undefined || status === 'stopped' || (failed && status === 'failed');
  });
}

/** The columns for these models; a model that had a column gets it back. */
export function columnsFor(models: readonly string[], known: readonly ComparedColumn[]): ComparedColumn[] {
  const free = [...known];
  let next = known.reduce((most, { id }) => Math.max(most, Number(id.slice(1)) || 0), 0);
  return models.map((model) => {
    const index = free.findIndex((column) => column.model === model);
    const [kept] = index < 0 ? [] : free.splice(index, 1);
    if (kept) return kept;
    next += 1;
    return { id: `c${next}`, model };
  });
}
