/** Moves conversations between VS Code's chat and the panel. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { ChatStream } from '../../base/host/window/chat.ts';
import { showInformationMessage, showWarningMessage } from '../../base/host/window/messages.ts';
import { activeTurns, createConversation } from '../../chat/common/conversation.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import { toMarkdown } from '../../chat/host/history/exportConversation.ts';
import type { History } from '../../chat/host/history/history.ts';
import type { Models } from '../../connections/host/models.ts';
import { toMetadata, turnsOf } from './vscodeChatTurns.ts';

export interface HandOverDependencies {
  history: Pick<History, 'add'>;
  models: Pick<Models, 'describe'>;
  views: Pick<ChatViews, 'active'>;
}

/** Adds the chat to the history and shows it in the panel. Throws a `UserError`. */
export async function continueInPanel(
  { history, views }: HandOverDependencies,
  context: vscode.ChatContext,
  stream: ChatStream,
): Promise<vscode.ChatResult> {
  const turns = turnsOf(context);
  const last = turns.at(-1);
  if (!last) throw new UserError(l10n.t('Nothing was asked of @qiao here yet.'));
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
  const { model, parameters } = last;
  const conversation = {
    ...createConversation(randomUUID(), turns[0]?.askedAt ?? Date.now(), workspace),
    settings: { model, parameters },
    turns,
    headId: last.id,
  };
  await history.add(conversation);
  const view = views.active;
  await view.chats.open(conversation.id);
  await view.show();
  stream.tell(l10n.t('This chat goes on in Qiao’s panel.'));
  return {};
}

/** Shows the panel's conversation in VS Code's chat, which continues it. Throws a `UserError`. */
export async function resumeFromPanel(
  { views, models }: HandOverDependencies,
  stream: ChatStream,
): Promise<vscode.ChatResult> {
  const { conversation, busy } = views.active.chats.current;
  if (busy)
    throw new UserError(l10n.t('An answer is still coming in the panel. Wait for its end, or stop it.'));
  const turns = activeTurns(conversation);
  if (turns.length === 0) throw new UserError(nothingYet());
  stream.answer(toMarkdown(conversation, models));
  return { metadata: toMetadata(turns) };
}

/** Opens VS Code's chat with the command that continues the panel's conversation. */
export async function openInChat(
  { views }: Pick<HandOverDependencies, 'views'>,
  command: string,
): Promise<void> {
  if (views.active.chats.current.conversation.turns.length === 0) {
    void showInformationMessage(nothingYet());
    return;
  }
  const known = await vscode.commands.getCommands(true);
  if (typeof vscode.chat?.createChatParticipant !== 'function' || !known.includes(openChatCommand)) {
    void showWarningMessage(l10n.t('This editor has no chat of its own.'));
    return;
  }
  await vscode.commands.executeCommand(openChatCommand, { query: `@qiao /${command}` });
}

export const openChatCommand = 'workbench.action.chat.open';

function nothingYet(): string {
  return l10n.t('There is nothing in this chat yet.');
}
