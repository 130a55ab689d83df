/** What VS Code calls: registers everything in reading order and loads nothing that is not needed yet. */

import * as vscode from 'vscode';
import type { App } from './app.ts';
import { trackLastEditor } from './base/host/lastEditor.ts';
import { registerPanels } from './chat/host/panels.ts';
import { registerCommands } from './commands.ts';
import { registerCompareTabs } from './compare/host/register.ts';
import { createConnectionState } from './connections/host/connectionState.ts';
import { createKeyStore } from './connections/host/keyStore.ts';
import type { ModelParts } from './connections/host/modelParts.ts';
import { trackExitCodes } from './editor/host/exitCodes.ts';
import { registerEditorOffers } from './editor/host/register.ts';
import { listModels, registerNative } from './vscodeChat/host/register.ts';

let app: Promise<App> | undefined;
let modelParts: Promise<ModelParts> | undefined;

/** Whoever sends a message in VS Code's chat, or opens it, waits for the promise. */
export function activate(context: vscode.ExtensionContext): Promise<void> | undefined {
  const log = vscode.window.createOutputChannel('Qiao', { log: true });
  const keys = createKeyStore(context.secrets, log);
  const connectionState = createConnectionState(keys, context.globalState);
  const lastEditor = trackLastEditor();
  const exitCodes = trackExitCodes();

  const loadModelParts = (): Promise<ModelParts> => {
    modelParts ??= import('./connections/host/modelParts.ts').then(({ createModelParts }) =>
      createModelParts({
        keys,
        connectionState,
        log,
        state: context.globalState,
        storage: context.globalStorageUri,
      }),
    );
    modelParts.catch(() => {
      modelParts = undefined;
    });
    return modelParts;
  };
  const loadApp = (): Promise<App> => {
    app ??= Promise.all([import('./app.ts'), loadModelParts()]).then(([{ createApp }, parts]) =>
      createApp({ context, log, keys, connectionState, lastEditor, exitCodes, modelParts: parts }),
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
    registerPanels(context.extensionUri, async () => (await loadApp()).panels, log),
    registerCompareTabs(context.extensionUri, async () => (await loadApp()).compare, log),
    registerCommands(loadApp, log),
    registerNative({
      ...{ keys, connectionState, log, loadModelParts },
      loadChat: async () => (await loadApp()).vscodeChat,
    }),
  );
  // A window was closed with an edit pending: what it proposed is taken out of the files again.
  if (context.workspaceState.get('qiao.pendingEdits') !== undefined) void loadApp();
  return listModels(context.globalState);
}

/** Stops a running answer and writes what came of it. */
export async function deactivate(): Promise<void> {
  try {
    await (await app)?.dispose();
  } finally {
    // Requests of the app use them until they are stopped.
    await (await modelParts)?.dispose();
  }
}
