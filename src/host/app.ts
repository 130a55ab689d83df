/** Everything behind the first use, wired together. */

import path from 'node:path';
import type * as vscode from 'vscode';
import type { HostMessage } from '../core/protocol.ts';
import { ChatSession } from './chatSession.ts';
import { type CommandId, createCommandHandlers } from './commandHandlers.ts';
import { Composer } from './composer.ts';
import type { ConnectionState } from './connectionState.ts';
import { readProfiles } from './connections.ts';
import { createDemo, type Demo } from './demo.ts';
import { createHistory } from './history.ts';
import type { KeyStore } from './keyStore.ts';
import type { LastEditor } from './lastEditor.ts';
import { createModelLists, type ModelLists } from './modelLists.ts';
import { createModels, type Models } from './models.ts';
import { createNotices, type Notices } from './notices.ts';
import { connectPanel, type PanelConnection } from './panelConnection.ts';

export interface AppOptions {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  keys: KeyStore;
  connectionState: ConnectionState;
  lastEditor: LastEditor;
}

/** The parts that commands and panels work with. */
export interface AppParts extends Omit<AppOptions, 'context'> {
  demo: Demo;
  lists: ModelLists;
  models: Models;
  notices: Notices;
  session: ChatSession;
  composer: Composer;
  /** Tells every open panel. */
  broadcast(message: HostMessage): void;
}

export interface App {
  run(command: CommandId): Promise<void>;
  connectPanel(webview: vscode.Webview): PanelConnection;
  dispose(): Promise<void>;
}

export async function createApp({ context, ...shell }: AppOptions): Promise<App> {
  const demo = createDemo();
  const lists = createModelLists(shell.keys, context.globalState, shell.log);
  const models = createModels({ ...shell, demo, lists });
  const notices = createNotices(context.globalState, models);
  const folder = path.join(context.globalStorageUri.fsPath, 'conversations');
  const history = createHistory(folder, context.workspaceState, shell.log);
  const session = new ChatSession({ models, history, log: shell.log, last: await history.openLast() });
  const composer = new Composer({ models, notices, lists, connectionState: shell.connectionState });

  const panels = new Set<PanelConnection>();
  const broadcast = (message: HostMessage): void => {
    for (const panel of panels) panel.post(message);
  };
  const refreshLists = shell.keys.onDidChange(
    () => void lists.refresh(readProfiles(), { evenIfFresh: true }),
  );
  session.onMessage(broadcast);
  composer.onDidChange(async () => broadcast({ type: 'composer-change', composer: await composer.state() }));

  const parts: AppParts = { ...shell, demo, lists, models, notices, session, composer, broadcast };
  const handlers = createCommandHandlers(parts);
  return {
    run: (command) => handlers[command](),
    connectPanel(webview) {
      const panel = connectPanel(webview, { ...parts, run: (command) => handlers[command]() });
      panels.add(panel);
      void lists.refresh(readProfiles());
      return { ...panel, dispose: () => panels.delete(panel) };
    },
    async dispose() {
      await session.dispose();
      composer.dispose();
      refreshLists.dispose();
      lists.dispose();
      await demo.dispose();
    },
  };
}
