/** A tab that shows a comparison: what its page is told, and what it may do. */

import * as vscode from 'vscode';
import { setTitle } from '../../base/host/window/surfaces.ts';
import { panelStrings } from '../../chat/host/panelStrings.ts';
import { reportFailure } from '../../errors/host/reportFailure.ts';
import type { CellChange, CompareHostMessage, ComparisonView } from '../common/compareProtocol.ts';
import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';
import { compareViewMessageSchema } from '../common/compareProtocolSchema.ts';
import type { Cell } from '../common/comparison.ts';
import type { CompareListener, CompareSession } from './compareSession.ts';
import { compareStrings } from './compareStrings.ts';
import { titleOfComparison } from './compareTitle.ts';
import {
  type CompareViewParts,
  toAnswerView,
  toCellView,
  toColumns,
  toProgress,
  toQuestionView,
  toRow,
} from './compareViews.ts';

export interface CompareTabOptions extends CompareViewParts {
  log: vscode.LogOutputChannel;
  /** What the page wants that does not concern the page alone. */
  act(message: CompareAction, tab: CompareTab): Promise<void>;
}

/** What is left to whoever has the other parts of Qiao. */
export type CompareAction = Exclude<CompareViewMessage, { type: 'view-ready' | 'question-open' }>;

/** Milliseconds between two messages about cells of the table; longer where there are many to count. */
const shortPause = 100;
const longPause = 1000;
const manyQuestions = 500;

export class CompareTab {
  readonly panel: vscode.WebviewPanel;
  #session: CompareSession;
  readonly #options: CompareTabOptions;
  #ready = false;
  /** What stands in the question field before anything was asked. */
  #draft: string;
  #openQuestionId: string | undefined;
  readonly #changed = new Map<string, Cell>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    session: CompareSession,
    options: CompareTabOptions & { draft?: string },
  ) {
    this.panel = panel;
    this.#session = session;
    this.#options = options;
    this.#draft = options.draft ?? '';
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    this.#follow(session);
  }

  get session(): CompareSession {
    return this.#session;
  }

  /** Another comparison takes the place of the one in sight. */
  show(session: CompareSession): void {
    this.#session.listener = undefined;
    this.#session = session;
    this.#openQuestionId = undefined;
    this.#changed.clear();
    this.#follow(session);
    this.#post({ type: 'compare-change', comparison: this.#view() });
  }

  /** Other models can be chosen. */
  async refreshModels(): Promise<void> {
    if (this.#ready) this.#post({ type: 'compare-models', models: await this.#models() });
  }

  showBest(questionId: string, columnId: string | undefined): void {
    this.#post({ type: 'best-change', questionId, columnId });
  }

  /** Whatever came from the page. */
  async receive(raw: unknown): Promise<void> {
    const { log, act } = this.#options;
    const { data: message, error } = compareViewMessageSchema.safeParse(raw);
    if (!message) {
      const issues = error?.issues.map((issue) => issue.message).join('; ');
      log.warn(`A message of a comparison's page was dropped: ${issues}`);
      return;
    }
    try {
      if (message.type === 'view-ready') await this.#sendSnapshot();
      else if (message.type === 'question-open') this.#openQuestion(message.questionId);
      else await act(message, this);
    } catch (failure) {
      await reportFailure(log, message.type, failure);
    }
  }

  dispose(): void {
    this.#ready = false;
    clearTimeout(this.#timer);
    this.#session.listener = undefined;
  }

  async #sendSnapshot(): Promise<void> {
    const models = await this.#models();
    this.#ready = true;
    const strings = { ...panelStrings(), ...compareStrings() };
    this.#post({ type: 'compare-snapshot', strings, models, comparison: this.#view() });
  }

  #openQuestion(id: string | null): void {
    const question = this.#session.comparison.questions.find((known) => known.id === id);
    this.#openQuestionId = question?.id;
    if (question) this.#post({ type: 'question-show', question: toQuestionView(question, this.#session) });
  }

  #models(): ReturnType<CompareViewParts['models']['groups']> {
    return this.#options.models.groups(this.#session.comparison.columns[0]?.model ?? '');
  }

  showFiles(asked: readonly string[], there: readonly string[]): void {
    this.#post({ type: 'files-found', asked, there });
  }

  #post(message: CompareHostMessage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
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
      columns: toColumns(session, this.#options),
      rows: questions.map((question) => toRow(question, session)),
      progress: toProgress(session),
      draft: only?.text ?? this.#draft,
      question: open && toQuestionView(open, session),
    };
  }

  #follow(session: CompareSession): void {
    const title = titleOfComparison(session.comparison);
    setTitle(
      this.panel,
      title === '' ? vscode.l10n.t('Compare Models') : vscode.l10n.t('Compare: {0}', title),
    );
    const listener: CompareListener = {
      onRun: () => {
        this.#flush();
        this.#post({ type: 'compare-progress', progress: toProgress(session) });
      },
      onColumns: () => this.#post({ type: 'compare-change', comparison: this.#view() }),
      onCell: (cell) => this.#onCell(cell),
      onDelta: ({ question, column }, delta) => {
        if (question.id === this.#openQuestionId)
          this.#post({ type: 'answer-delta', questionId: question.id, columnId: column.id, ...delta });
      },
    };
    session.listener = listener;
  }

  #onCell(cell: Cell): void {
    const { question, column } = cell;
    if (question.id === this.#openQuestionId) {
      const answer = toAnswerView(cell, this.#session);
      this.#post({ type: 'answer-change', questionId: question.id, columnId: column.id, answer });
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
    this.#post({ type: 'cells-change', cells, progress, columns: toColumns(this.#session, this.#options) });
  }
}
