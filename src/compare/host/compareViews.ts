/** Turns a comparison into what its page shows: rows with short texts, one question with whole ones, errors in the user's language. */

import { l10n } from 'vscode';
import { stripHidden } from '../../base/common/hiddenText.ts';
import type { ErrorReport } from '../../chat/common/conversation.ts';
import { proposeTitle } from '../../chat/common/conversationTitle.ts';
import type { ErrorCard } from '../../chat/common/protocol.ts';
import { toAttachmentView } from '../../chat/host/turnViews.ts';
import type { Models } from '../../connections/host/models.ts';
import { describeEnding } from '../../errors/host/endingTexts.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import { formatCosts, sumCosts } from '../../llm/pricing.ts';
import type {
  AnswerView,
  CellView,
  ColumnSummary,
  ColumnView,
  CompareProgress,
  CostView,
  QuestionView,
  RowView,
} from '../common/compareProtocol.ts';
import {
  answerOf,
  type Cell,
  type ComparedAnswer,
  type ComparedQuestion,
  type Comparison,
  cellKey,
  pendingCells,
} from '../common/comparison.ts';
import { type Metrics, median, metricsOf } from '../common/metrics.ts';
import type { CompareSession } from './compareSession.ts';

export interface CompareViewDependencies {
  models: Models;
}

/** The name of the question file, else the beginning of the question; empty without questions. */
export function titleOfComparison({ source, questions }: Pick<Comparison, 'source' | 'questions'>): string {
  return source === undefined ? proposeTitle(questions[0]?.text ?? '') : stripHidden(source);
}

/** Of texts in the table, in UTF-16 units. */
const longestPreview = 120;

export function toRow(question: ComparedQuestion, session: CompareSession): RowView {
  const { columns, best } = session.comparison;
  return {
    id: question.id,
    text: previewOf(question.text),
    cells: Object.fromEntries(
      columns.map((column) => [column.id, toCellView({ question, column }, session)]),
    ),
    bestColumnId: best.get(question.id),
  };
}

export function toCellView(cell: Cell, session: CompareSession): CellView {
  const running = session.runningAnswer(cell);
  if (running) {
    const { text, wait } = running;
    return { status: 'running', text: wait ? waitText(wait) : previewOf(text) };
  }
  const answer = answerOf(session.comparison, cell);
  if (!answer) return { status: 'waiting', text: '' };
  return {
    status: answer.status,
    text: previewOf(answer.error ? toErrorCard(answer.error).title : answer.text),
    metrics: cachedMetrics(answer),
    finishReason: answer.finishReason,
    cost: showCost([answer]),
  };
}

export function toAnswerView(cell: Cell, session: CompareSession): AnswerView {
  const running = session.runningAnswer(cell);
  const view = toCellView(cell, session);
  if (running) {
    const { text, reasoning, firstTokenMs, wait } = running;
    return { ...view, text, reasoning, firstTokenMs, wait: wait && waitText(wait) };
  }
  const answer = answerOf(session.comparison, cell);
  const { text = '', reasoning = '', error } = answer ?? {};
  const notice = answer && describeEnding(answer);
  return { ...view, text, reasoning, notice, error: error && toCard(error) };
}

/** Leaves out the inspector, which finds requests by turn: a comparison has no turns. */
function toCard(error: ErrorReport): ErrorCard {
  const card = toErrorCard(error);
  return { ...card, actions: card.actions.filter((action) => action !== 'inspect') };
}

export function toQuestionView(question: ComparedQuestion, session: CompareSession): QuestionView {
  const { questions, columns, best } = session.comparison;
  return {
    id: question.id,
    number: questions.indexOf(question) + 1,
    text: question.text,
    attachments: question.attachments.map(toAttachmentView),
    historyTurns: question.history.length,
    answers: Object.fromEntries(
      columns.map((column) => [column.id, toAnswerView({ question, column }, session)]),
    ),
    bestColumnId: best.get(question.id),
  };
}

export function toColumns(session: CompareSession, { models }: CompareViewDependencies): ColumnView[] {
  return session.comparison.columns.map(({ id, model }) => {
    const block = session.blockOf(id);
    const card = block?.error && toErrorCard(block.error);
    return {
      id,
      ref: model,
      name: models.describe(model).name,
      connection: models.profileOf(model).name,
      summary: summaryOf(id, session),
      blocked: card && `${card.title}. ${card.advice}`,
    };
  });
}

export function toProgress(session: CompareSession): CompareProgress {
  const { comparison, busy } = session;
  const total = comparison.questions.length * comparison.columns.length;
  const answered = total - pendingCells(comparison, { failed: true }).length;
  const failed = total - answered - pendingCells(comparison).length;
  return { running: busy, total, answered, failed };
}

function summaryOf(columnId: string, session: CompareSession): ColumnSummary | undefined {
  const { questions, answers, best } = session.comparison;
  if (questions.length < 2) return undefined;
  const all = questions.flatMap(({ id }) => answers.get(cellKey(id, columnId)) ?? []);
  const done = all.filter(({ status }) => status === 'done');
  const metrics = done.map(cachedMetrics);
  const valuesOf = (name: keyof Metrics): number[] =>
    metrics.flatMap(({ [name]: value }) => (typeof value === 'number' ? value : []));
  const sum = (name: keyof Metrics): number => valuesOf(name).reduce((total, value) => total + value, 0);
  return {
    answered: done.length,
    failed: all.filter(({ status }) => status === 'failed').length,
    best: [...best.values()].filter((id) => id === columnId).length,
    firstTokenMs: median(valuesOf('firstTokenMs')),
    tokensPerSecond: median(valuesOf('tokensPerSecond')),
    totalMs: median(valuesOf('totalMs')),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    estimated: metrics.some(({ estimated }) => estimated),
    cost: showCost(done),
  };
}

/** The sum of the known costs; `≥` marks a sum that lacks some. */
function showCost(answers: readonly ComparedAnswer[]): CostView | undefined {
  const costs = sumCosts(answers.map(({ cost }) => cost));
  const [first] = costs;
  if (!first) return undefined;
  const text = formatCosts(costs);
  return { text: answers.every(({ cost }) => cost) ? text : `≥ ${text}`, amount: first.nanos };
}

/** Answers are never changed, and estimating their tokens is slow. */
const known = new WeakMap<ComparedAnswer, Metrics>();

function cachedMetrics(answer: ComparedAnswer): Metrics {
  const metrics = known.get(answer) ?? metricsOf(answer);
  known.set(answer, metrics);
  return metrics;
}

function previewOf(text: string): string {
  return text
    .slice(0, 4 * longestPreview)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestPreview);
}

function waitText({
  attempt,
  delayMs,
  failure,
}: {
  attempt: number;
  delayMs: number;
  failure: ComparedAnswer['error'] & object;
}): string {
  const { title } = toErrorCard(failure);
  const seconds = Math.max(1, Math.round(delayMs / 1000));
  return l10n.t('{0}. Trying again in {1} s (try {2}).', title, seconds, attempt);
}
