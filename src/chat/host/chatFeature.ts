/** Creates the chats: their history, sessions, views, and commands. */

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
import type { ChatSurface, ChatView } from './chatView.ts';
import { ChatViews } from './chatViews.ts';
import { createNotices, type Notices } from './composer/notices.ts';
import { createStarters } from './composer/starters.ts';
import { createHistory, type History } from './history/history.ts';
import { Sessions } from './sessions.ts';

export interface ChatDependencies {
  models: Models;
  lists: ModelLists;
  connectionState: ConnectionState;
  lastEditor: Pick<LastEditor, 'get'>;
  sources: ContextSources;
  confirmSend: ConfirmSend;
  commands: SlashCommands;
  /** Shows the chat of the side bar. */
  sideBar: ChatSurface;
  /** Opens a tab that shows the chat. */
  openTab(view: ChatView): void;
  /** The extension's storage folder. */
  storage: vscode.Uri;
  globalState: vscode.Memento;
  workspaceState: vscode.Memento;
  log: vscode.LogOutputChannel;
}

export interface Chat extends Feature<'chat'> {
  readonly history: History;
  readonly sessions: Sessions;
  readonly views: ChatViews;
  readonly notices: Notices;
  /** The attachments of a turn, or of the last turn before it that has some. */
  attachmentsOf(turnId: string): readonly Attachment[];
  /** Stops all answers, and settles when the partial ones are on disk. */
  dispose(): Promise<void>;
}

/** Settles when the conversation shown last is read. */
export const createChat = (dependencies: ChatDependencies): Promise<Chat> =>
  withDisposables((disposables) => openChat(dependencies, disposables));

async function openChat(dependencies: ChatDependencies, disposables: DisposableStore): Promise<Chat> {
  const { models, connectionState, storage, globalState, workspaceState: state, log } = dependencies;
  // Disposed in reverse: views leave their sessions, sessions record partial answers, the history writes them.
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
  const sessions = disposables.add(new Sessions({ models, history, log, state }));
  const starters = disposables.add(createStarters(dependencies.lastEditor));
  const views = disposables.add(
    await ChatViews.open({ ...dependencies, sessions, history, state, notices, starters }),
  );
  setContextKeys(views);
  const currentId = (args: readonly unknown[]): string => views.targetOf(args).chats.current.conversation.id;
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
      'qiao.ask': async () => (await import('./ask.ts')).ask(asking),
      'qiao.askSelection': async () => (await import('./ask.ts')).askSelection(asking),
      'qiao.attachSelection': async () => (await import('./ask.ts')).attachSelection(asking),
      'qiao.newChat': async (...args) => {
        const view = views.targetOf(args);
        view.chats.newChat();
        await view.show();
      },
      'qiao.openInEditor': async (...args) => views.openInEditor(views.targetOf(args)),
      'qiao.find': (...args) => views.targetOf(args).show({ type: 'find-show' }),
      'qiao.stop': async () => views.active.chats.current.stop(),
      'qiao.showHistory': (...args) => views.targetOf(args).show({ type: 'history-show' }),
      'qiao.exportChat': async (...args) =>
        (await import('./history/exportConversation.ts')).exportChat(currentId(args), { history, models }),
      'qiao.openChatAsMarkdown': async (...args) =>
        (await import('./history/exportConversation.ts')).openAsMarkdown(currentId(args), {
          history,
          models,
        }),
      'qiao.importChat': async () =>
        (await import('./history/importConversations.ts')).importConversations({ history }),
      'qiao.getStarted': () => getStarted(connectionState, views),
    },
    dispose: () => disposables.dispose(),
  };
}

/** Sets the context keys `qiao.busy`, whether the active chat is answering, and `qiao.hasAsked`, for the walkthrough. */
function setContextKeys(views: ChatViews): void {
  let busy = false;
  views.onDidChange(() => {
    const { current } = views.active.chats;
    if (busy === current.busy) return;
    busy = current.busy;
    void vscode.commands.executeCommand('setContext', 'qiao.busy', busy);
    if (busy) void vscode.commands.executeCommand('setContext', 'qiao.hasAsked', true);
  });
}

const walkthrough = 'qiao.qiao#start';

/** Opens the walkthrough, and marks the steps that were done before: VS Code marks only those done from then on. */
async function getStarted(connectionState: ConnectionState, views: ChatViews): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough);
  // VS Code reads the steps only now. It takes conditions that hold already, e.g. a key from the environment, for seen.
  if ((await connectionState.current()) !== 'none') await markDone('key');
  if (views.all.some(({ chats }) => chats.current.conversation.turns.length > 0)) await markDone('ask');
}

async function markDone(step: string): Promise<void> {
  try {
    await vscode.commands.executeCommand('welcome.markStepComplete', `${walkthrough}#${step}`);
  } catch {
    // VS Code stores the mark, and throws because it does not know the step yet.
  }
}
