/** Exports a conversation to a file, or shows it as a Markdown document. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toFileName } from '../../../base/common/fileName.ts';
import { markdownText } from '../../../base/common/plainText.ts';
import { saveText } from '../../../base/host/window/fileDialogs.ts';
import { showInformationMessage } from '../../../base/host/window/messages.ts';
import { showQuickPick } from '../../../base/host/window/quickInput.ts';
import type { Models } from '../../../connections/host/models.ts';
import type { ToolPart } from '../../../llm/answerParts.ts';
import type { Answer, Attachment, Conversation } from '../../common/conversation.ts';
import { titleOf } from '../../common/conversationTitle.ts';
import { exportJson } from '../../common/exportJson.ts';
import { exportMarkdown } from '../../common/exportMarkdown.ts';
import type { History } from './history.ts';

export interface ExportDependencies {
  history: Pick<History, 'read'>;
  models: Pick<Models, 'describe'>;
}

/** Asks for the format, then calls `exportConversation`. */
export async function exportChat(id: string, dependencies: ExportDependencies): Promise<void> {
  const choice = await showQuickPick(
    [
      {
        label: 'Markdown',
        detail: l10n.t('To read: the questions and answers in sight'),
        format: 'markdown' as const,
      },
      {
        label: 'JSON',
        detail: l10n.t('To import again: everything, with all branches'),
        format: 'json' as const,
      },
    ],
    { title: l10n.t('Export Chat') },
  );
  if (choice) await exportConversation(id, choice.format, dependencies);
}

/** Asks for the place and writes the file, unless the user cancels. */
export async function exportConversation(
  id: string,
  format: 'markdown' | 'json',
  dependencies: ExportDependencies,
): Promise<void> {
  const conversation = await readForExport(id, dependencies.history);
  if (!conversation) return;
  const extension = format === 'json' ? 'json' : 'md';
  await saveText({
    name: `${toFileName(titleOf(conversation))}.${extension}`,
    filters: format === 'json' ? { JSON: ['json'] } : { Markdown: ['md'] },
    title: l10n.t('Export Chat'),
    text: () =>
      format === 'json' ? exportJson([conversation]) : toMarkdown(conversation, dependencies.models),
    saved: (name) => l10n.t('The chat was exported to {0}.', name),
  });
}

/** Shows the conversation as an untitled Markdown document. */
export async function openAsMarkdown(id: string, { history, models }: ExportDependencies): Promise<void> {
  const conversation = await readForExport(id, history);
  if (!conversation) return;
  const content = toMarkdown(conversation, models);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}

/** Reads a conversation; tells the user when it has no turns or can't be read. */
export async function readForExport(
  id: string,
  history: Pick<History, 'read'>,
): Promise<Conversation | undefined> {
  const { conversation, state } = (await history.read(id)) ?? {};
  if (state !== 'newer' && conversation && conversation.turns.length > 0) return conversation;
  const message =
    state === 'newer'
      ? l10n.t('A newer Qiao wrote this chat. Update Qiao to read it.')
      : l10n.t('There is nothing in this chat yet.');
  void showInformationMessage(message);
  return undefined;
}

/** The conversation as Markdown, in the user's language. */
export function toMarkdown(conversation: Conversation, models: Pick<Models, 'describe'>): string {
  const format = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return exportMarkdown(conversation, {
    title: titleOf(conversation) || l10n.t('Chat'),
    question: l10n.t('Question'),
    answer: (model) => l10n.t('Answer by {0}', models.describe(model).name),
    time: (at) => format.format(at),
    attachment: attachmentLabel,
    tool: toolLabel,
    ending: endingOf,
  });
}

function attachmentLabel({ path, startLine, endLine }: Attachment): string {
  return startLine === endLine
    ? l10n.t('{0}, line {1}', path, startLine)
    : l10n.t('{0}, lines {1}–{2}', path, startLine, endLine);
}

function toolLabel(part: ToolPart): string {
  if (part.type === 'tool-call') return l10n.t('Tool: {0}', markdownText(part.name));
  return part.isError ? l10n.t('The tool failed:') : l10n.t('Result:');
}

function endingOf({ status, error }: Answer): string {
  if (status === 'stopped') return l10n.t('Stopped.');
  if (status === 'interrupted')
    return l10n.t('Interrupted: the window closed before the answer was complete.');
  return status === 'failed' && error ? l10n.t('No answer: {0}', error.message) : '';
}
