/** What VS Code calls: registers everything in reading order and loads nothing that is not needed yet. */

import * as vscode from 'vscode';
import type { App } from './host/app.ts';
import { registerCommands } from './host/commands.ts';
import { registerCompareTabs } from './host/compare/register.ts';
import { createConnectionState } from './host/connectionState.ts';
import { trackExitCodes } from './host/editor/exitCodes.ts';
import { registerEditorOffers } from './host/editor/register.ts';
import { createKeyStore } from './host/keyStore.ts';
import { trackLastEditor } from './host/lastEditor.ts';
import { registerPanels } from './host/panels.ts';

let app: Promise<App> | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Qiao', { log: true });
  const keys = createKeyStore(context.secrets, log);
  const connectionState = createConnectionState(keys, context.globalState);
  const lastEditor = trackLastEditor();
  const exitCodes = trackExitCodes();

  const loadApp = (): Promise<App> => {
    app ??= import('./host/app.ts').then(({ createApp }) =>
      createApp({ context, log, keys, connectionState, lastEditor, exitCodes }),
    );
    // What failed to load may load the next time.
    app.catch(() => {
      app = undefined;
    });
    return app;
  };
  context.subscriptions.push(
    log,
    keys,
    connectionState,
    lastEditor,
    exitCodes,
    registerEditorOffers(),
    registerPanels(context.extensionUri, loadApp, log),
    registerCompareTabs(context.extensionUri, loadApp, log),
    registerCommands(loadApp, log),
  );
  // A window was closed with an edit pending: what it proposed is taken out of the files again.
  if (context.workspaceState.get('qiao.pendingEdits') !== undefined) void loadApp();
}

/** Stops a running answer and writes what came of it. */
export async function deactivate(): Promise<void> {
  await (await app)?.dispose();
}
