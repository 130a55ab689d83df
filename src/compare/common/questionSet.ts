/** Reads a set of questions out of a file: Markdown or CSV. */

import { stripHidden } from '../../base/common/hiddenText.ts';
import { readCsvQuestions } from './csvQuestions.ts';
import { readMarkdownQuestions } from './markdownQuestions.ts';

export interface SetQuestion {
  text: string;
  /** Where it begins, counted from 1. */
  line: number;
}

export interface QuestionSet {
  questions: readonly SetQuestion[];
  /** Lines of records without a question. */
  skippedLines: readonly number[];
}

/** What is wrong with a file. The host says it in the user's language. */
export type QuestionSetFault =
  | { type: 'empty' }
  /** There is text, but nothing that begins a question. */
  | { type: 'no-questions' }
  /** `columns`: those there are. */
  | { type: 'no-column'; columns: readonly string[] }
  | { type: 'open-quote'; line: number }
  | { type: 'bad-quote'; line: number }
  /** Usually a comma in a question that stands in no quotes. */
  | { type: 'too-many-cells'; line: number; found: number; expected: number }
  | { type: 'bad-csv'; line: number; detail: string }
  | { type: 'too-many'; count: number };

export class QuestionSetError extends Error {
  override readonly name = 'QuestionSetError';
  readonly fault: QuestionSetFault;

  constructor(fault: QuestionSetFault) {
    super(fault.type);
    this.fault = fault;
  }
}

/** Above this it is no comparison any more. */
export const mostQuestions = 10_000;

/**
 * Without hidden characters: what the table shows is what is asked. `fileName` tells the format: CSV and TSV by their
 * ending, else Markdown. Throws a `QuestionSetError`.
 */
export function parseQuestionSet(text: string, fileName: string): QuestionSet {
  const content = stripHidden(text);
  if (content.trim() === '') throw new QuestionSetError({ type: 'empty' });
  const set = /\.(csv|tsv)$/i.test(fileName) ? readCsvQuestions(content) : readMarkdownQuestions(content);
  if (set.questions.length === 0) throw new QuestionSetError({ type: 'no-questions' });
  if (set.questions.length > mostQuestions)
    throw new QuestionSetError({ type: 'too-many', count: set.questions.length });
  return set;
}
