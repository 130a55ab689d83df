/** What the buttons of a comparison's page do. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { AppParts } from '../../app.ts';
import type { Turn } from '../../chat/common/conversation.ts';
import { checkAddress, runPanelAction } from '../../chat/host/panelActions.ts';
import type { CommandId } from '../../commandHandlers.ts';
import { filesThere, openFile } from '../../edit/host/code/openFile.ts';
import { openLink } from '../../ui/host/openLink.ts';
import { answerOf, type Cell } from '../common/comparison.ts';
import { type CompareExportParts, exportComparison } from './compareExport.ts';
import type { CompareAction, CompareTab } from './compareTab.ts';

export interface CompareActionParts
  extends Pick<AppParts, 'views' | 'codeTools' | 'diagrams'>,
    CompareExportParts {
  run(command: CommandId, ...args: unknown[]): Promise<void>;
  /** Asks a question of the same models, as a comparison of its own. */
  askAnew(text: string, tab: CompareTab): void;
  /** Keeps the models for the next comparison. */
  remember(models: readonly string[]): void;
}

export async function runCompareAction(
  message: CompareAction,
  tab: CompareTab,
  parts: CompareActionParts,
): Promise<void> {
  const { session } = tab;
  switch (message.type) {
    case 'columns-change':
      return setModels(message.models, tab, parts);
    case 'question-ask':
      return ask(message.text, tab, parts);
    case 'run-start':
      void session.start({ failed: message.failed });
      return;
    case 'run-stop':
      return session.stop();
    case 'answer-retry': {
      const cell = session.find(message.questionId, message.columnId);
      if (cell) void session.retry(cell);
      return;
    }
    case 'best-mark':
      session.markBest(message.questionId, message.columnId ?? undefined);
      return tab.showBest(message.questionId, message.columnId ?? undefined);
    case 'panel-continue': {
      const cell = session.find(message.questionId, message.columnId);
      return cell && continueInPanel(cell, tab, parts);
    }
    case 'export-run':
      return exportComparison(session.comparison, message.format, parts);
    case 'text-copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'link-open':
      return openLink(message.href);
    case 'file-open':
      return openFile(
        message.reference,
        session.comparison.questions.flatMap(({ attachments }) => attachments),
      );
    case 'files-resolve': {
      const there = await filesThere(
        message.references,
        session.comparison.questions.flatMap(({ attachments }) => attachments),
      );
      return tab.showFiles(message.references, there);
    }
    case 'diagram-show':
      return parts.diagrams.show(message.source);
    case 'code-run':
      return parts.codeTools.run(message);
    case 'action-run':
      if (message.action === 'switch-model') return switchModel(message.turnId, tab, parts);
      if (message.action === 'check-address') return checkColumnAddress(message.turnId, tab, parts);
      return runPanelAction(message.action, parts);
  }
}

/** What a person typed is a model of the connection that stood in its place. */
function setModels(typed: readonly string[], { session }: CompareTab, parts: CompareActionParts): void {
  const { columns } = session.comparison;
  const models = typed.map((ref, place) =>
    parts.models.normalizeTyped(ref, (columns[place] ?? columns[0])?.model ?? ''),
  );
  session.setModels(models);
  parts.remember(models);
}

/** The successor of a model that the platform lacks takes its column; a single question is asked at once. */
function switchModel(columnId: string | undefined, tab: CompareTab, parts: CompareActionParts): void {
  const { session } = tab;
  const { columns, questions } = session.comparison;
  const wanted = columns.map(({ id, model }) =>
    id === columnId ? (parts.models.successorOf(model)?.ref ?? model) : model,
  );
  setModels(wanted, tab, parts);
  if (questions.length === 1) void session.start();
}

async function checkColumnAddress(
  columnId: string | undefined,
  { session }: CompareTab,
  parts: CompareActionParts,
): Promise<void> {
  const column = session.comparison.columns.find(({ id }) => id === columnId);
  if (column) await checkAddress(column.model, parts);
}

/** What is not answered yet is asked; when everything is, or the question is another one, a new comparison begins. */
function ask(text: string, tab: CompareTab, { askAnew }: CompareActionParts): void {
  const { session } = tab;
  if (session.busy || text.trim() === '') return;
  const { questions, columns } = session.comparison;
  const [question] = questions;
  const left = columns.some(
    (column) => !question || answerOf(session.comparison, { question, column })?.status !== 'done',
  );
  if (question?.text === text && left) void session.start({ failed: true });
  else askAnew(text, tab);
}

/** As a conversation of its own: the turns before the question, the question, and this answer. */
async function continueInPanel(
  cell: Cell,
  { session }: CompareTab,
  { views }: CompareActionParts,
): Promise<void> {
  const answer = answerOf(session.comparison, cell);
  if (!answer) return;
  const { question, column } = cell;
  const { status, text, reasoning, finishReason, rawReason, usage, requestId, error } = answer;
  const { estimatedInputTokens } = answer;
  const turn: Turn = {
    id: randomUUID(),
    parentId: null,
    question: question.text,
    prompt: question.prompt,
    attachments: question.attachments,
    model: column.model,
    parameters: session.comparison.parameters,
    askedAt: answer.askedAt,
    answer: {
      status,
      text,
      reasoning,
      finishReason,
      rawReason,
      usage,
      requestId,
      error,
      estimatedInputTokens,
    },
  };
  const view = views.active;
  view.chats.newChat();
  const chat = view.chats.current;
  await chat.adopt([...question.history.map((earlier) => ({ ...earlier, id: randomUUID() })), turn]);
  chat.changeSettings({ model: column.model });
  await view.show();
}
