/** Handles the messages of a comparison's page that its tab does not handle. */

import { randomUUID } from 'node:crypto';
import type { RunCommand } from '../../base/host/feature.ts';
import type { Turn } from '../../chat/common/conversation.ts';
import {
  type AnswerDependencies,
  checkAddress,
  createAnswerHandlers,
  runPanelAction,
  type TurnActions,
} from '../../chat/host/answerHandlers.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import type { Models } from '../../connections/host/models.ts';
import { textParts } from '../../llm/answerParts.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';
import { answerOf, type Cell } from '../common/comparison.ts';
import { exportComparison } from './compareExport.ts';
import type { CompareTab } from './compareTab.ts';
import type { CompareHost } from './register.ts';

export interface CompareActionDependencies extends AnswerDependencies {
  models: Pick<Models, 'describe' | 'normalizeTyped' | 'profileOf' | 'successorOf'>;
  /** The tab that has the buttons. */
  tab: Pick<CompareTab, 'session' | 'showBest'>;
  views: Pick<ChatViews, 'active'>;
  run: RunCommand;
  /** Asks the same models a question in a new comparison. */
  askAnew(text: string): Promise<void>;
  /** Keeps the models for the next comparison. */
  remember(models: readonly string[]): void;
  post: CompareHost['post'];
}

export function createCompareHandlers(dependencies: CompareActionDependencies) {
  const { tab, run, post } = dependencies;
  const actions: TurnActions = {
    'switch-model': (columnId) => switchModel(columnId, dependencies),
    'check-address': (columnId) => checkColumnAddress(columnId, dependencies),
    // The page asks again by `answer-retry`, and a comparison has no turns that the inspector could find.
    retry() {},
    inspect() {},
  };
  return {
    ...createAnswerHandlers({
      ...dependencies,
      attachments: () => tab.session.comparison.questions.flatMap(({ attachments }) => attachments),
      post,
    }),
    'action-run': (message) => runPanelAction(message, actions, run),
    'columns-change': ({ models }) => setModels(models, dependencies),
    'question-ask': ({ text }) => ask(text, dependencies),
    'run-start'({ failed }) {
      void tab.session.start({ failed });
    },
    'run-stop': () => tab.session.stop(),
    'answer-retry'({ questionId, columnId }) {
      const cell = tab.session.find(questionId, columnId);
      if (cell) void tab.session.retry(cell);
    },
    'best-mark'({ questionId, columnId }) {
      tab.session.markBest(questionId, columnId ?? undefined);
      tab.showBest(questionId, columnId ?? undefined);
    },
    'panel-continue'({ questionId, columnId }) {
      const cell = tab.session.find(questionId, columnId);
      return cell && continueInPanel(cell, dependencies);
    },
    'export-run': ({ format }) => exportComparison(tab.session.comparison, format, dependencies),
  } satisfies Partial<Handlers<CompareViewMessage>>;
}

/** A typed model belongs to the connection of the column it replaces. */
function setModels(
  typed: readonly string[],
  { tab: { session }, models: known, remember }: CompareActionDependencies,
): void {
  const { columns } = session.comparison;
  const models = typed.map((ref, place) =>
    known.normalizeTyped(ref, (columns[place] ?? columns[0])?.model ?? ''),
  );
  session.setModels(models);
  remember(models);
}

/** Replaces a model that the platform lacks by its successor; a single question is asked at once. */
function switchModel(columnId: string | undefined, dependencies: CompareActionDependencies): void {
  const { tab, models } = dependencies;
  const { columns, questions } = tab.session.comparison;
  const wanted = columns.map(({ id, model }) =>
    id === columnId ? (models.successorOf(model)?.ref ?? model) : model,
  );
  setModels(wanted, dependencies);
  if (questions.length === 1) void tab.session.start();
}

async function checkColumnAddress(
  columnId: string | undefined,
  dependencies: CompareActionDependencies,
): Promise<void> {
  const column = dependencies.tab.session.comparison.columns.find(({ id }) => id === columnId);
  if (column) await checkAddress(column.model, dependencies);
}

/** Asks the models without an answer; starts a new comparison if all have one or the question is a different one. */
function ask(
  text: string,
  { tab: { session }, askAnew }: CompareActionDependencies,
): Promise<void> | undefined {
  if (session.busy || text.trim() === '') return undefined;
  const { questions, columns } = session.comparison;
  const [question] = questions;
  const left = columns.some(
    (column) => !question || answerOf(session.comparison, { question, column })?.status !== 'done',
  );
  if (question?.text !== text || !left) return askAnew(text);
  void session.start({ failed: true });
  return undefined;
}

/** Makes a conversation of the earlier turns, the question and this answer. */
async function continueInPanel(
  cell: Cell,
  { tab: { session }, views }: CompareActionDependencies,
): Promise<void> {
  const answer = answerOf(session.comparison, cell);
  if (!answer) return;
  const { question, column } = cell;
  const { askedAt, text, reasoning, status, finishReason, rawReason, usage, requestId, error } = answer;
  const outcome = { status, finishReason, rawReason, usage, requestId, error };
  const turn: Turn = {
    id: randomUUID(),
    parentId: null,
    question: question.text,
    prompt: question.prompt,
    attachments: question.attachments,
    model: column.model,
    parameters: session.comparison.parameters,
    askedAt,
    answer: {
      ...outcome,
      parts: textParts(text, reasoning),
      estimatedInputTokens: answer.estimatedInputTokens,
    },
  };
  const view = views.active;
  view.chats.newChat();
  const chat = view.chats.current;
  await chat.adopt([...question.history.map((earlier) => ({ ...earlier, id: randomUUID() })), turn]);
  chat.changeSettings({ model: column.model });
  await view.show();
}
