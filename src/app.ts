/** The composition root: creates the features in order, joins their commands, and disposes the features in reverse. */

import * as vscode from 'vscode';
import { type DisposableStore, withDisposables } from './base/host/disposables.ts';
import type { Feature, RunCommand } from './base/host/feature.ts';
import type { LastEditor } from './base/host/lastEditor.ts';
import { lazyFeature } from './base/host/lazyFeature.ts';
import { openStorage } from './base/host/privateStorage.ts';
import { reportFailure } from './base/host/reportFailure.ts';
import { type Chat, createChat } from './chat/host/chatFeature.ts';
import { createChatPanels, sideBarSurface } from './chat/host/chatPanels.ts';
import type { ChatView } from './chat/host/chatView.ts';
import { createCompare } from './compare/host/compareFeature.ts';
import type { ModelServices, ModelServicesDependencies } from './connections/host/modelServices.ts';
import { createConfirmSend } from './context/host/confirmSend.ts';
import { createContextSources } from './context/host/createContextSources.ts';
import { createDiagnostics } from './diagnostics/host/diagnosticsFeature.ts';
import { windowDialogs } from './edit/host/code/dialogs.ts';
import { createLazyCodeTools } from './edit/host/code/lazyCodeTools.ts';
import type { ExitCodes } from './editor/host/exitCodes.ts';
import { createPrompts } from './prompts/host/promptsFeature.ts';
import { createSnippets } from './snippets/host/snippetsFeature.ts';
import { createDiagrams } from './ui/host/diagrams.ts';

/** After the first state of a page, in milliseconds. */
const warmUpMs = 50;
/** Until code that only few windows need is loaded, in milliseconds. */
const idleMs = 3000;

/** Created at activation; the caller owns and disposes all of it. */
export interface AppOptions extends Pick<ModelServicesDependencies, 'keys' | 'connectionState' | 'log'> {
  context: vscode.ExtensionContext;
  lastEditor: LastEditor;
  exitCodes: ExitCodes;
  modelServices: ModelServices;
}

/** What `extension.ts` uses. `dispose` stops running answers and resolves when the conversations are on disk. */
export type App = Awaited<ReturnType<typeof createFeatures>>;

/** Resolves when the chats can be shown. If a feature cannot be created, those before it are disposed. */
export const createApp = (options: AppOptions): Promise<App> =>
  withDisposables((features) => createFeatures(features, options));

/** Loads what sends requests, and opens no connection. The page paints meanwhile. */
function warmUp(): void {
  setTimeout(() => void import('./providers/http/exchange.ts').catch(() => {}), warmUpMs);
}

async function createFeatures(features: DisposableStore, options: AppOptions) {
  const { context, modelServices, ...shell } = options;
  const { extensionUri, globalState, workspaceState, globalStorageUri: storage } = context;
  const media = vscode.Uri.joinPath(extensionUri, 'media');
  const run: RunCommand = (command, ...args) => commands[command](...args);
  const base = { ...shell, ...modelServices, extensionUri, globalState, workspaceState, storage, media, run };
  await openStorage(storage.fsPath, shell.log);

  // Disposed in reverse: features that send requests, then the chats, which save the answers, then the usage.
  const sources = features.add(createContextSources(shell));
  const confirmSend = createConfirmSend(windowDialogs, sources);
  // Entries that wait when the window closes.
  features.add({ dispose: () => modelServices.ledger.table().catch(() => {}) });
  // Chats and prompts need each other; prompts read the active chat only when a command runs.
  const laterViews = {
    get active() {
      return chat.views.active;
    },
  };
  const prompts = features.add(createPrompts({ ...base, sources, views: laterViews }));
  const asking = { ...base, sources, confirmSend, commands: prompts.slashCommands };
  const sideBar = sideBarSurface();
  const openTab = (view: ChatView): void => panels.openTab(view);
  const chat: Chat = features.add(await createChat({ ...asking, sideBar, openTab }));
  const { views, history, sessions, notices } = chat;
  const diagrams = features.add(createDiagrams(extensionUri, storage, shell.log));
  const codeTools = features.add(createLazyCodeTools({ ...shell, attachmentsOf: chat.attachmentsOf }));
  const chats = { ...asking, views, history, sessions, notices, diagrams, codeTools };
  const panels = createChatPanels({ ...chats, sideBar, warmUp });
  const compare = features.add(createCompare(chats));
  const connections = features.add(
    lazyFeature('connections', async () =>
      (await import('./connections/host/connectionsFeature.ts')).createConnections(chats),
    ),
  );
  const editorEntries = features.add(
    lazyFeature('editorEntries', async () =>
      (await import('./editor/host/editorEntriesFeature.ts')).createEditorEntries(chats),
    ),
  );
  const scm = features.add(
    lazyFeature('scm', async () => (await import('./scm/host/scmFeature.ts')).createScm(chats)),
  );
  const edit = features.add(
    lazyFeature('edit', async () => (await import('./edit/host/editFeature.ts')).createEdit(chats)),
  );
  const inspector = features.add(
    lazyFeature('inspector', async () =>
      (await import('./inspector/host/inspectorFeature.ts')).createInspectorFeature(chats),
    ),
  );
  const quickAsk = features.add(
    lazyFeature('quickAsk', async () =>
      (await import('./edit/host/quickAsk/quickAskFeature.ts')).createQuickAsk(chats),
    ),
  );
  const usage = features.add(
    lazyFeature('usage', async () =>
      (await import('./usage/host/usageFeature.ts')).createUsage({ ...base, meter: modelServices.usage }),
    ),
  );
  const vscodeChat = features.add(
    lazyFeature('vscodeChat', async () =>
      (await import('./vscodeChat/host/vscodeChatFeature.ts')).createVscodeChat(chats),
    ),
  );
  // The window was closed with an edit pending.
  if (workspaceState.get('qiao.pendingEdits') !== undefined)
    void edit.load().catch((error: unknown) => reportFailure(shell.log, 'edit', error));
  // They watch terminals, and close diffs from before a reload of the window.
  const idle = setTimeout(() => void codeTools.load().catch(() => {}), idleMs);
  features.add({ dispose: () => clearTimeout(idle) });
  const commands: Feature['commands'] = {
    ...chat.commands,
    ...compare.commands,
    ...connections.commands,
    ...editorEntries.commands,
    ...scm.commands,
    ...createSnippets(chats).commands,
    ...features.add(createDiagnostics(chats)).commands,
    ...edit.commands,
    ...inspector.commands,
    ...prompts.commands,
    ...quickAsk.commands,
    ...usage.commands,
    ...vscodeChat.commands,
  };
  return { run, panels, compare, loadVscodeChat: vscodeChat.load, dispose: () => features.dispose() };
}
