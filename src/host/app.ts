/** Everything behind the first use, wired together. */

import path from 'node:path';
import * as vscode from 'vscode';
import type { HostMessage } from '../core/protocol.ts';
import { Chats } from './chats.ts';
import { type CommandId, createCommandHandlers } from './commandHandlers.ts';
import { Composer } from './composer.ts';
import type { ConnectionState } from './connectionState.ts';
import { readProfiles } from './connections.ts';
import { ContextMeter } from './contextMeter.ts';
import { createDemo, type Demo } from './demo.ts';
import { createDiagrams, type Diagrams } from './diagrams.ts';
import { createHistory, type History } from './history/history.ts';
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
  history: History;
  chats: Chats;
  composer: Composer;
  meter: ContextMeter;
  diagrams: Diagrams;
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
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
  const history = createHistory({ folder, workspace, memory: context.workspaceState, log: shell.log });
  const chats = await Chats.open({ models, history, log: shell.log, memory: context.workspaceState });
  const composer = new Composer({ chats, models, notices, lists, connectionState: shell.connectionState });

  const panels = new Set<PanelConnection>();
  const broadcast = (message: HostMessage): void => {
    for (const panel of panels) panel.post(message);
  };
  const refreshLists = shell.keys.onDidChange(
    () => void lists.refresh(readProfiles(), { evenIfFresh: true }),
  );
  const diagrams = createDiagrams(context.extensionUri);
  const meter = new ContextMeter({ chats, composer, models, post: broadcast });
  chats.onMessage(broadcast);
  let busy = false;
  chats.onDidChange(() => {
    if (busy === chats.current.busy) return;
    busy = chats.current.busy;
    void vscode.commands.executeCommand('setContext', 'qiao.busy', busy);
  });
  composer.onDidChange(async () => broadcast({ type: 'composer-change', composer: await composer.state() }));

  const parts: AppParts = {
    ...shell,
    demo,
    lists,
    models,
    notices,
    history,
    chats,
    composer,
    meter,
    diagrams,
    broadcast,
  };
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
      meter.dispose();
      diagrams.dispose();
      await chats.dispose();
      await history.flush();
      await history.dispose();
      composer.dispose();
      refreshLists.dispose();
      lists.dispose();
      await demo.dispose();
    },
  };
}
