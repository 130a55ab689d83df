/** Keeps the page of a comparison's tab up to date. */

import * as vscode from 'vscode';
import { setTitle } from '../../base/host/window/surfaces.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import type { CellChange, ComparisonView } from '../common/compareProtocol.ts';
import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';
import type { Cell } from '../common/comparison.ts';
import type { CompareSession } from './compareSession.ts';
import {
  type CompareViewDependencies,
  titleOfComparison,
  toAnswerView,
  toCellView,
  toColumns,
  toProgress,
  toQuestionView,
  toRow,
} from './compareViews.ts';
import type { CompareHost } from './register.ts';

/** Milliseconds between two messages about table cells; longer for many questions, whose summaries take time. */
const shortPause = 100;
const longPause = 1000;
const manyQuestions = 500;

export class CompareTab {
  readonly host: CompareHost;
  /** Handles messages that concern only the page. */
  readonly handlers = {
    'view-ready': () => this.#sendSnapshot(),
    'question-open': ({ questionId }) => this.#openQuestion(questionId),
  } satisfies Partial<Handlers<CompareViewMessage>>;
  #session: CompareSession;
  readonly #dependencies: CompareViewDependencies;
  /** The text of the question field before the first question. */
  #draft: string;
  #openQuestionId: string | undefined;
  readonly #changed = new Map<string, Cell>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    host: CompareHost,
    session: CompareSession,
    { draft = '', ...dependencies }: CompareViewDependencies & { draft?: string },
  ) {
    this.host = host;
    this.#session = session;
    this.#dependencies = dependencies;
    this.#draft = draft;
    this.#follow(session);
  }

  get session(): CompareSession {
    return this.#session;
  }

  /** Replaces the comparison of this tab. */
  show(session: CompareSession): void {
    this.#session.listener = undefined;
    this.#session = session;
    this.#openQuestionId = undefined;
    this.#changed.clear();
    this.#follow(session);
    this.host.post({ type: 'compare-change', comparison: this.#view() });
  }

  /** Sends the models that can be chosen. */
  async refreshModels(): Promise<void> {
    if (this.host.isReady) this.host.post({ type: 'compare-models', models: await this.#models() });
  }

  showBest(questionId: string, columnId: string | undefined): void {
    this.host.post({ type: 'best-change', questionId, columnId });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#session.listener = undefined;
  }

  async #sendSnapshot(): Promise<void> {
    const models = await this.#models();
    this.host.isReady = true;
    this.host.post({ type: 'compare-snapshot', models, comparison: this.#view() });
  }

  #openQuestion(id: string | null): void {
    const question = this.#session.comparison.questions.find((known) => known.id === id);
    this.#openQuestionId = question?.id;
    if (question)
      this.host.post({ type: 'question-show', question: toQuestionView(question, this.#session) });
  }

  #models(): ReturnType<CompareViewDependencies['models']['groups']> {
    return this.#dependencies.models.groups(this.#session.comparison.columns[0]?.model ?? '');
  }

  #view(): ComparisonView {
    const session = this.#session;
    const { id, source, questions } = session.comparison;
    const only = questions.length === 1 ? questions[0] : undefined;
    const open = only ?? questions.find((question) => question.id === this.#openQuestionId);
    this.#openQuestionId = open?.id;
    return {
      id: questions.length === 0 ? '' : id,
      source,
      columns: toColumns(session, this.#dependencies),
      rows: questions.map((question) => toRow(question, session)),
      progress: toProgress(session),
      draft: only?.text ?? this.#draft,
      question: open && toQuestionView(open, session),
    };
  }

  #follow(session: CompareSession): void {
    const title = titleOfComparison(session.comparison);
    setTitle(
      this.host.place,
      title === '' ? vscode.l10n.t('Compare Models') : vscode.l10n.t('Compare: {0}', title),
    );
    session.listener = {
      onRun: () => {
        this.#flush();
        this.host.post({ type: 'compare-progress', progress: toProgress(session) });
      },
      onColumns: () => this.host.post({ type: 'compare-change', comparison: this.#view() }),
      onCell: (cell) => this.#onCell(cell),
      onDelta: ({ question, column }, delta) => {
        if (question.id === this.#openQuestionId)
          this.host.post({ type: 'answer-delta', questionId: question.id, columnId: column.id, ...delta });
      },
    };
  }

  #onCell(cell: Cell): void {
    const { question, column } = cell;
    if (question.id === this.#openQuestionId) {
      const answer = toAnswerView(cell, this.#session);
      this.host.post({ type: 'answer-change', questionId: question.id, columnId: column.id, answer });
    }
    this.#changed.set(`${question.id}/${column.id}`, cell);
    const many = this.#session.comparison.questions.length > manyQuestions;
    this.#timer ??= setTimeout(() => this.#flush(), many ? longPause : shortPause);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changed.size === 0) return;
    const cells = [...this.#changed.values()].map(
      (cell): CellChange => ({
        questionId: cell.question.id,
        columnId: cell.column.id,
        cell: toCellView(cell, this.#session),
      }),
    );
    this.#changed.clear();
    const progress = toProgress(this.#session);
    this.host.post({
      type: 'cells-change',
      cells,
      progress,
      columns: toColumns(this.#session, this.#dependencies),
    });
  }
}
