/** A comparison as plain data: questions, the models they go to, and what each of them answered. */

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
  /** What is sent in its place, see `Turn.prompt`. */
  prompt?: string;
  attachments: readonly Attachment[];
  /** The turns before it, when it was taken out of a conversation. */
  history: readonly Turn[];
}

export interface ComparedColumn {
  id: string;
  /** `connectionId/modelId`. */
  model: string;
}

/** How one model answered one question. Texts that came before an error or a stop are kept. */
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
  /** What Qiao thinks the question took; for platforms that do not say. */
  estimatedInputTokens?: number;
  finishReason?: FinishReason;
  /** The platform's own word, where `finishReason` is `other`. */
  rawReason?: string;
  requestId?: string;
  error?: ErrorReport;
}

/** What holds for every question, as it was when the comparison was made. */
export interface CompareSetup {
  systemPrompt: string;
  parameters: ModelParameters;
}

export interface Comparison extends CompareSetup {
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The name of the file that the questions come from; none for a question that was typed. */
  source?: string;
  questions: readonly ComparedQuestion[];
  /** Those in sight, from left to right. */
  columns: readonly ComparedColumn[];
  /**
   * Every column there was, by its id, those in sight last: one that was taken away may come back, and has its answers
   * then.
   */
  knownColumns: Map<string, ComparedColumn>;
  /** By `cellKey`. */
  answers: Map<string, ComparedAnswer>;
  /** The id of the column with the best answer, by question. */
  best: Map<string, string>;
  /** Whether it was being run when its last line was written. */
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

/** What a run has to ask: never what is answered, and what failed only when it is meant. */
export function pendingCells(comparison: Comparison, { failed = false } = {}): Cell[] {
  return cellsOf(comparison).filter((cell) => {
    const status = answerOf(comparison, cell)?.status;
    return status === undefined || status === 'stopped' || (failed && status === 'failed');
  });
}

/** The columns for these models; a model that had one, in sight or not, has it again with its answers. */
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
