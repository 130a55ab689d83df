/** Messages of the host for tests and pictures of a comparison's page. */

import type {
  AnswerView,
  CellView,
  ColumnView,
  CompareHostMessage,
  ComparisonView,
  RowView,
} from '../../src/compare/common/compareProtocol.ts';
import { composer } from './samples.ts';

export const columns: readonly ColumnView[] = [
  { id: 'c1', ref: 'dashscope/qwen-max', name: 'Qwen Max', connection: 'DashScope' },
  { id: 'c2', ref: 'dashscope/qwen-plus', name: 'Qwen Plus', connection: 'DashScope' },
  { id: 'c3', ref: 'qianfan-v2/ernie-4.5-turbo-128k', name: 'ernie-4.5-turbo-128k', connection: 'Qianfan' },
];

export function answer(fields: Partial<AnswerView> = {}): AnswerView {
  const { text = 'The ferry costs less.' } = fields;
  return {
    status: 'done',
    reasoning: '',
    finishReason: 'stop',
    metrics: {
      firstTokenMs: 412,
      totalMs: 3260,
      tokensPerSecond: 48.3,
      inputTokens: 23,
      outputTokens: 137,
      estimated: false,
    },
    ...fields,
    text,
  };
}

/** One question, answered by the given columns. */
export function single(
  answers: Readonly<Record<string, AnswerView>>,
  fields: Partial<ComparisonView> = {},
): ComparisonView {
  const text = 'How can a bridge and a ferry share one timetable?';
  const done = Object.values(answers).filter(({ status }) => status === 'done').length;
  const failed = Object.values(answers).filter(({ status }) => status === 'failed').length;
  const running = Object.values(answers).some(({ status }) => status === 'running');
  return {
    id: 'comparison',
    columns,
    rows: [{ id: 'q1', text, cells: answers }],
    progress: { running, total: columns.length, answered: done, failed },
    draft: text,
    question: { id: 'q1', number: 1, text, attachments: [], historyTurns: 0, answers },
    ...fields,
  };
}

/** Nothing asked yet. */
export const untouched: ComparisonView = {
  id: '',
  columns: columns.slice(0, 2),
  rows: [],
  progress: { running: false, total: 0, answered: 0, failed: 0 },
  draft: '',
};

export function rowsOf(count: number): RowView[] {
  return Array.from({ length: count }, (_, index) => {
    const cell = (offset: number): CellView =>
      answer({
        text: `Answer ${index + 1} of model ${offset}: the ferry leaves at ${index % 24}:00.`,
        metrics: {
          firstTokenMs: 200 + ((index * 37 + offset * 91) % 700),
          totalMs: 1500 + ((index * 53 + offset * 17) % 4000),
          tokensPerSecond: 20 + ((index * 7 + offset * 13) % 60),
          inputTokens: 10 + (index % 9),
          outputTokens: 80 + ((index * 11) % 200),
          estimated: offset === 3,
        },
      });
    const cells: Record<string, CellView> = { c1: cell(1), c2: cell(2), c3: cell(3) };
    if (index % 17 === 4) cells.c2 = { status: 'failed', text: 'The platform has trouble at the moment' };
    return { id: `q${index + 1}`, text: `Question ${index + 1}: when does the ferry leave?`, cells };
  });
}

/** A file of questions, some of which are answered. */
export function questionSet(count: number, answered = count): ComparisonView {
  const waiting: CellView = { status: 'waiting', text: '' };
  const rows = rowsOf(count).map(
    (row, index): RowView =>
      index < answered ? row : { ...row, cells: { c1: waiting, c2: waiting, c3: waiting } },
  );
  const failed = rows
    .flatMap(({ cells }) => Object.values(cells))
    .filter(({ status }) => status === 'failed');
  return {
    id: 'set',
    source: 'ferry-questions.csv',
    columns: columns.map((column, index) => ({
      ...column,
      summary: {
        answered: answered - (index === 1 ? failed.length : 0),
        failed: index === 1 ? failed.length : 0,
        best: 0,
        firstTokenMs: 380 + index * 210,
        tokensPerSecond: 52.4 - index * 9.1,
        totalMs: 2400 + index * 1300,
        inputTokens: answered * 14,
        outputTokens: answered * 160,
        estimated: index === 2,
      },
    })),
    rows,
    progress: {
      running: answered < count,
      total: count * 3,
      answered: answered * 3 - failed.length,
      failed: failed.length,
    },
    draft: '',
  };
}

export function compareSnapshot(comparison: ComparisonView): CompareHostMessage {
  return {
    type: 'compare-snapshot',
    models: composer.models,
    comparison,
  };
}
