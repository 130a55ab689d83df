/** Parses a set of questions from Markdown or CSV. */

import { stripHidden } from '../../base/common/hiddenText.ts';
import { readCsvQuestions } from './csvQuestions.ts';
import { readMarkdownQuestions } from './markdownQuestions.ts';
import { type QuestionSet, QuestionSetError } from './questionSet.ts';

/** The limit for one comparison. */
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
