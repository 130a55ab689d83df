/** The composition root: creates the features in order, joins their commands, and disposes the features in reverse. */

import * as vscode from 'vscode';
import { type DisposableStore, withDisposables } from './base/host/disposables.ts';
import type { Feature, RunCommand } from './base/host/feature.ts';
import type { LastEditor } from './base/host/lastEditor.ts';
import { openStorage } from './base/host/privateStorage.ts';
import { type Chat, createChat } from './chat/host/chatFeature.ts';
import { createChatPanels, sideBarSurface } from './chat/host/chatPanels.ts';
import type { ChatView } from './chat/host/chatView.ts';
import { createCompare } from './compare/host/compareFeature.ts';
import { createConnections } from './connections/host/connectionsFeature.ts';
import type { ModelServices, ModelServicesDependencies } from './connections/host/modelServices.ts';
import { createConfirmSend } from './context/host/confirmSend.ts';
import { createContextSources } from './context/host/createContextSources.ts';
import { createDiagnostics } from './diagnostics/host/diagnosticsFeature.ts';
import { createCodeTools } from './edit/host/code/codeTools.ts';
import { windowDialogs } from './edit/host/code/dialogs.ts';
import { createEdit } from './edit/host/editFeature.ts';
import { createQuickAsk } from './edit/host/quickAsk/quickAskFeature.ts';
import { createEditorEntries } from './editor/host/editorEntriesFeature.ts';
import type { ExitCodes } from './editor/host/exitCodes.ts';
import { createInspectorFeature } from './inspector/host/inspectorFeature.ts';
import { createPrompts } from './prompts/host/promptsFeature.ts';
import { createScm } from './scm/host/scmFeature.ts';
import { createSnippets } from './snippets/host/snippetsFeature.ts';
import { createDiagrams } from './ui/host/diagrams.ts';
import { createUsage } from './usage/host/usageFeature.ts';
import { createVscodeChat } from './vscodeChat/host/vscodeChatFeature.ts';

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
  const usage = features.add(createUsage({ ...base, meter: modelServices.usage }));
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
  const codeTools = features.add(createCodeTools({ ...shell, attachmentsOf: chat.attachmentsOf }));
  const chats = { ...asking, views, history, sessions, notices, diagrams, codeTools };
  const panels = createChatPanels({ ...chats, sideBar });
  const compare = features.add(createCompare(chats));
  const vscodeChat = createVscodeChat(chats);
  const commands: Feature['commands'] = {
    ...chat.commands,
    ...compare.commands,
    ...createConnections(chats).commands,
    ...createEditorEntries(chats).commands,
    ...createScm(chats).commands,
    ...createSnippets(chats).commands,
    ...features.add(createDiagnostics(chats)).commands,
    ...features.add(createEdit(chats)).commands,
    ...features.add(createInspectorFeature(chats)).commands,
    ...prompts.commands,
    ...features.add(createQuickAsk(chats)).commands,
    ...usage.commands,
    ...vscodeChat.commands,
  };
  return { run, panels, compare, vscodeChat, dispose: () => features.dispose() };
}
