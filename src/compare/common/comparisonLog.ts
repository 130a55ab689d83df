/** A comparison as a list of events: what its file holds line by line, and how it is read back. */

import { toStoredAnswer } from '../../chat/common/storedAnswer.ts';
import type {
  ComparedAnswer,
  ComparedColumn,
  ComparedQuestion,
  CompareSetup,
  Comparison,
} from './comparison.ts';
import { cellKey } from './comparison.ts';

export type ComparisonEvent =
  | {
      type: 'comparison';
      version: 1;
      id: string;
      createdAt: number;
      source?: string;
      setup: CompareSetup;
      questions: readonly ComparedQuestion[];
    }
  /** From now on these models are asked. */
  | { type: 'columns'; columns: readonly ComparedColumn[] }
  /** A cell is answered, or asked in vain. One that was answered before has a new answer. */
  | { type: 'answer'; questionId: string; columnId: string; answer: ComparedAnswer }
  /** Nothing is the best any more where there is no column. */
  | { type: 'best'; questionId: string; columnId?: string }
  /** A run begins or ends, in milliseconds since the epoch. A file whose last run has no end was cut off. */
  | { type: 'run'; at: number }
  | { type: 'end'; at: number };

export type ComparisonHeader = Extract<ComparisonEvent, { type: 'comparison' }>;

/** The event as a line of the file. */
export function toComparisonLine(event: ComparisonEvent): string {
  if (event.type !== 'comparison') return JSON.stringify(event);
  const questions = event.questions.map((question) => ({
    ...question,
    history: question.history.map((turn) => ({ ...turn, answer: toStoredAnswer(turn.answer) })),
  }));
  return JSON.stringify({ ...event, questions });
}

/** A comparison nobody has asked anything in. */
export function createComparison(header: ComparisonHeader): Comparison {
  const { id, createdAt, source, setup, questions } = header;
  return {
    id,
    createdAt,
    source,
    ...setup,
    questions,
    columns: [],
    knownColumns: new Map(),
    answers: new Map(),
    best: new Map(),
    running: false,
  };
}

/** Changes the comparison itself: it may hold tens of thousands of answers, too many to copy for each of them. */
export function applyComparisonEvent(comparison: Comparison, event: ComparisonEvent): void {
  switch (event.type) {
    case 'comparison':
      // The first one counts.
      return;
    case 'columns':
      comparison.columns = event.columns;
      // The first in sight comes last, so that it is the newest.
      for (const column of event.columns.toReversed()) {
        comparison.knownColumns.delete(column.id);
        comparison.knownColumns.set(column.id, column);
      }
      return;
    case 'answer':
      comparison.answers.set(cellKey(event.questionId, event.columnId), event.answer);
      return;
    case 'best':
      if (event.columnId === undefined) comparison.best.delete(event.questionId);
      else comparison.best.set(event.questionId, event.columnId);
      return;
    case 'run':
    case 'end':
      comparison.running = event.type === 'run';
  }
}

/** The comparison that these lines of a file make; `undefined` without its first one. */
export function readComparison(events: Iterable<ComparisonEvent>): Comparison | undefined {
  let comparison: Comparison | undefined;
  for (const event of events) {
    if (comparison) applyComparisonEvent(comparison, event);
    else if (event.type === 'comparison') comparison = createComparison(event);
  }
  return comparison;
}
