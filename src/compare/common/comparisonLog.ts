/** Writes a comparison as events, one per line of its file, and reads it back. */

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
  /** The columns from here on. */
  | { type: 'columns'; columns: readonly ComparedColumn[] }
  /** An answer or a failure; replaces the cell's earlier one. */
  | { type: 'answer'; questionId: string; columnId: string; answer: ComparedAnswer }
  /** Without a column, the mark is removed. */
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

/** A comparison without answers. */
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

/** Mutates the comparison: copying tens of thousands of answers for each event would be slow. */
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

/** Applies a file's events; `undefined` without the first one. */
export function readComparison(events: Iterable<ComparisonEvent>): Comparison | undefined {
  let comparison: Comparison | undefined;
  for (const event of events) {
    if (comparison) applyComparisonEvent(comparison, event);
    else if (event.type === 'comparison') comparison = createComparison(event);
  }
  return comparison;
}
