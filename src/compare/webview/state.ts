/** State of a comparison's page: a pure reducer of the host's messages. */

import type { ModelGroup } from '../../chat/common/protocol.ts';
import { type GrowingTexts, growTexts } from '../../chat/webview/growingTexts.ts';
import { dispatch, type Handlers } from '../../ui/common/messages.ts';
import type {
  AnswerView,
  CellChange,
  ColumnView,
  CompareHostMessage,
  CompareProgress,
  QuestionView,
  RowView,
} from '../common/compareProtocol.ts';

export interface ShownAnswer extends AnswerView, GrowingTexts {
  /** Increases with each change that does more than append to the texts. */
  revision: number;
}

export interface ShownQuestion extends Omit<QuestionView, 'answers'> {
  answers: Readonly<Record<string, ShownAnswer>>;
}

export interface CompareState {
  models: readonly ModelGroup[];
  /** Empty before the first question. */
  comparisonId: string;
  source?: string;
  columns: readonly ColumnView[];
  rows: readonly RowView[];
  progress: CompareProgress;
  /** The host's text for the question field. */
  draft: string;
  question?: ShownQuestion;
}

/** How each message changes the state. */
export const reducers = {
  'compare-models': ({ models }, state) => ({ ...state, models }),
  'compare-change': ({ comparison }, state) => ({ ...state, question: undefined, ...shown(comparison) }),
  'compare-progress': ({ progress }, state) => ({ ...state, progress }),
  'cells-change': ({ cells, progress, columns }, state) => ({
    ...state,
    rows: withCells(state.rows, cells),
    progress,
    columns,
  }),
  'best-change': (message, state) => withBest(state, message),
  'question-show': ({ question }, state) => ({ ...state, question: shownQuestion(question) }),
  'answer-delta': (message, state) => withAnswer(state, message, (answer) => growTexts(answer, message)),
  'answer-change': (message, state) =>
    withAnswer(state, message, (before) => ({
      ...message.answer,
      revision: continues(before, message.answer) ? before.revision : before.revision + 1,
    })),
} satisfies Partial<Handlers<CompareHostMessage, [state: CompareState], CompareState>>;

type Snapshot = Extract<CompareHostMessage, { type: 'compare-snapshot' }>;

/** The messages that change the state. */
export type StateMessage = Snapshot | Extract<CompareHostMessage, { type: keyof typeof reducers }>;

/** The next state; `undefined` until the first snapshot. */
export function reduce(state: CompareState | undefined, message: StateMessage): CompareState | undefined {
  if (message.type === 'compare-snapshot') {
    const { models, comparison } = message;
    return { models, ...shown(comparison) };
  }
  return state && dispatch(reducers, message, state);
}

type Comparison = Extract<CompareHostMessage, { type: 'compare-change' }>['comparison'];

function shown({ id, question, ...comparison }: Comparison): Omit<CompareState, 'models'> {
  return { ...comparison, comparisonId: id, question: question && shownQuestion(question) };
}

function shownQuestion(question: QuestionView): ShownQuestion {
  const answers = Object.entries(question.answers).map(([id, answer]) => [id, { ...answer, revision: 0 }]);
  return { ...question, answers: Object.fromEntries(answers) };
}

/** Whether `after` only appends to `before`. */
function continues(before: AnswerView, after: AnswerView): boolean {
  return after.text.startsWith(before.text) && after.reasoning.startsWith(before.reasoning);
}

function withAnswer(
  state: CompareState,
  { questionId, columnId }: { questionId: string; columnId: string },
  change: (answer: ShownAnswer) => ShownAnswer,
): CompareState {
  const { question } = state;
  const answer = question?.answers[columnId];
  if (question?.id !== questionId || !answer) return state;
  return {
    ...state,
    question: { ...question, answers: { ...question.answers, [columnId]: change(answer) } },
  };
}

function withCells(rows: readonly RowView[], cells: readonly CellChange[]): RowView[] {
  const byQuestion = new Map<string, Record<string, CellChange['cell']>>();
  for (const { questionId, columnId, cell } of cells)
    byQuestion.set(questionId, { ...byQuestion.get(questionId), [columnId]: cell });
  return rows.map((row) => {
    const changed = byQuestion.get(row.id);
    return changed ? { ...row, cells: { ...row.cells, ...changed } } : row;
  });
}

function withBest(
  state: CompareState,
  { questionId, columnId }: { questionId: string; columnId?: string },
): CompareState {
  const rows = state.rows.map((row) => (row.id === questionId ? { ...row, bestColumnId: columnId } : row));
  const { question } = state;
  return {
    ...state,
    rows,
    columns: state.columns.map((column) => countBest(column, rows)),
    question: question?.id === questionId ? { ...question, bestColumnId: columnId } : question,
  };
}

function countBest(column: ColumnView, rows: readonly RowView[]): ColumnView {
  if (!column.summary) return column;
  const best = rows.filter(({ bestColumnId }) => bestColumnId === column.id).length;
  return { ...column, summary: { ...column.summary, best } };
}
