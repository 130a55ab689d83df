/** Entry point: registers everything with VS Code; code is loaded when it is first needed. */

import * as vscode from 'vscode';
import type { App } from './app.ts';
import { trackLastEditor } from './base/host/lastEditor.ts';
import { type Lazy, lazily } from './base/host/lazyFeature.ts';
import { registerPanels } from './chat/host/register.ts';
import { registerCommands } from './commands.ts';
import { registerCompareTabs } from './compare/host/register.ts';
import { createConnectionState } from './connections/host/connectionState.ts';
import { createKeyStore } from './connections/host/keyStore.ts';
import type { ModelServices } from './connections/host/modelServices.ts';
import { registerCodeActions } from './editor/host/codeActions.ts';
import { registerCodeLenses } from './editor/host/codeLenses.ts';
import { trackExitCodes } from './editor/host/exitCodes.ts';
import { listModels, registerVscodeChat } from './vscodeChat/host/register.ts';

let app: Lazy<App> | undefined;
let modelServices: Lazy<ModelServices> | undefined;

/** VS Code's chat waits for the promise before it opens or sends a message. */
export function activate(context: vscode.ExtensionContext): Promise<void> | undefined {
  const log = vscode.window.createOutputChannel('Qiao', { log: true });
  const keys = createKeyStore(context.secrets, log);
  const connectionState = createConnectionState(keys, context.globalState);
  const lastEditor = trackLastEditor();
  const exitCodes = trackExitCodes();

  const services = lazily(async () => {
    const { createModelServices } = await import('./connections/host/modelServices.ts');
    const { globalState: state, globalStorageUri: storage } = context;
    return createModelServices({ keys, connectionState, log, state, storage });
  });
  modelServices = services;
  const features = lazily(async () => {
    const [{ createApp }, modelServices] = await Promise.all([import('./app.ts'), services.load()]);
    return createApp({ context, log, keys, connectionState, lastEditor, exitCodes, modelServices });
  });
  app = features;
  const panels = registerPanels(context.extensionUri, async () => (await features.load()).panels, log);
  const loadApp = async (): Promise<App> => {
    const loaded = await features.load();
    panels.connectWaiting();
    return loaded;
  };
  context.subscriptions.push(
    log,
    keys,
    connectionState,
    lastEditor,
    exitCodes,
    registerCodeActions(),
    registerCodeLenses(),
    panels,
    registerCompareTabs(context.extensionUri, async () => (await loadApp()).compare, log),
    registerCommands(loadApp, log),
    registerVscodeChat({
      ...{ keys, connectionState, log, loadModelServices: services.load },
      loadChat: async () => (await loadApp()).loadVscodeChat(),
    }),
  );
  // The window was closed with an edit pending: the edit feature removes the proposed text from the files.
  if (context.workspaceState.get('qiao.pendingEdits') !== undefined) void loadApp();
  return listModels(context.globalState);
}

/** Stops running answers and saves them. */
export async function deactivate(): Promise<void> {
  try {
    await app?.dispose();
  } finally {
    // Disposed after the app, whose requests use them.
    await modelServices?.dispose();
  }
}
