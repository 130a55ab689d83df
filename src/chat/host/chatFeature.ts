/** The chats: their history on disk, the conversations in memory, the views on the screen, and their commands. */

import path from 'node:path';
import * as vscode from 'vscode';
import { type DisposableStore, withDisposables } from '../../base/host/disposables.ts';
import type { Feature } from '../../base/host/feature.ts';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { ModelLists } from '../../connections/host/modelLists.ts';
import type { Models } from '../../connections/host/models.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { attachmentsAt } from '../../edit/host/code/attachmentsAt.ts';
import type { SlashCommands } from '../../prompts/host/slashCommand.ts';
import type { Attachment } from '../common/conversation.ts';
import { ask, askSelection, attachSelection } from './ask.ts';
import type { ChatSurface, ChatView } from './chatView.ts';
import { ChatViews } from './chatViews.ts';
import { getStarted } from './getStarted.ts';
import { createHistory, type History } from './history/history.ts';
import { exportChat, openAsMarkdown } from './history/historyFiles.ts';
import { importConversations } from './history/importConversations.ts';
import { createNotices, type Notices } from './notices.ts';
import { Sessions } from './sessions.ts';
import { createStarters } from './starters.ts';

export interface ChatDependencies {
  models: Models;
  lists: ModelLists;
  connectionState: ConnectionState;
  lastEditor: Pick<LastEditor, 'get'>;
  sources: ContextSources;
  confirmSend: ConfirmSend;
  commands: SlashCommands;
  /** Where the chat of the side bar stands. */
  sideBar: ChatSurface;
  /** Opens a tab in which the chat stands. */
  openTab(view: ChatView): void;
  /** The extension's own folder for what it keeps. */
  storage: vscode.Uri;
  /** Of the user, the same in every workspace. */
  globalState: vscode.Memento;
  workspaceState: vscode.Memento;
  log: vscode.LogOutputChannel;
}

export interface Chat extends Feature<'chat'> {
  readonly history: History;
  /** The conversations in memory. */
  readonly sessions: Sessions;
  /** The chats on the screen. */
  readonly views: ChatViews;
  readonly notices: Notices;
  /** What travelled with the question of a turn, or with the last one before it that had something. */
  attachmentsOf(turnId: string): readonly Attachment[];
  /** Stops all answers, and settles when what came of them is on disk. */
  dispose(): Promise<void>;
}

/** Settles when the last conversation is read. */
export const createChat = (dependencies: ChatDependencies): Promise<Chat> =>
  withDisposables((disposables) => openChat(dependencies, disposables));

async function openChat(dependencies: ChatDependencies, disposables: DisposableStore): Promise<Chat> {
  const { models, connectionState, storage, globalState, workspaceState: memory, log } = dependencies;
  // Disposed in reverse: views leave their sessions, sessions record what they have, the history writes it.
  const folder = path.join(storage.fsPath, 'conversations');
  const notices = createNotices(globalState, models, folder);
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
  const history = createHistory({ folder, workspace, log });
  disposables.add({
    async dispose() {
      await history.flush();
      await history.dispose();
    },
  });
  history.onTrouble((trouble) => notices.showTrouble(trouble));
  const sessions = disposables.add(new Sessions({ models, history, log, memory }));
  const starters = disposables.add(createStarters(dependencies.lastEditor));
  const views = disposables.add(
    await ChatViews.open({ ...dependencies, sessions, history, memory, notices, starters }),
  );
  tellBusy(views);
  const currentId = (args: readonly unknown[]): string => views.meant(args).chats.current.conversation.id;
  const asking = { ...dependencies, views };
  return {
    history,
    sessions,
    views,
    notices,
    attachmentsOf(turnId) {
      const session = sessions.withTurn(turnId);
      return session ? attachmentsAt(session.conversation, turnId) : [];
    },
    commands: {
      'qiao.ask': () => ask(asking),
      'qiao.askSelection': () => askSelection(asking),
      'qiao.attachSelection': () => attachSelection(asking),
      'qiao.newChat': async (...args) => {
        const view = views.meant(args);
        view.chats.newChat();
        await view.show();
      },
      'qiao.openInEditor': async (...args) => views.openInEditor(views.meant(args)),
      'qiao.find': (...args) => views.meant(args).show({ type: 'find-show' }),
      'qiao.stop': async () => views.active.chats.current.stop(),
      'qiao.showHistory': (...args) => views.meant(args).show({ type: 'history-show' }),
      'qiao.exportChat': (...args) => exportChat(currentId(args), { history, models }),
      'qiao.openChatAsMarkdown': (...args) => openAsMarkdown(currentId(args), { history, models }),
      'qiao.importChat': () => importConversations({ history }),
      'qiao.getStarted': () => getStarted({ connectionState, views }),
    },
    dispose: () => disposables.dispose(),
  };
}

/** Keeps the context keys that say whether the active chat is answering, and whether anything was ever asked. */
function tellBusy(views: ChatViews): void {
  let busy = false;
  views.onDidChange(() => {
    const { current } = views.active.chats;
    if (busy === current.busy) return;
    busy = current.busy;
    void vscode.commands.executeCommand('setContext', 'qiao.busy', busy);
    // A step of the walkthrough is done.
    if (busy) void vscode.commands.executeCommand('setContext', 'qiao.hasAsked', true);
  });
}
