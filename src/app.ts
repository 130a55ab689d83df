/** The composition root: creates the features in order, joins their commands, and disposes the features in reverse. */

import * as vscode from 'vscode';
import { DisposableStore } from './base/host/disposables.ts';
import type { Feature, RunCommand } from './base/host/feature.ts';
import type { LastEditor } from './base/host/lastEditor.ts';
import { openStorage } from './base/host/privateStorage.ts';
import { type Chat, createChat } from './chat/host/chatFeature.ts';
import { createChatPanels } from './chat/host/chatPanels.ts';
import { type ChatPanels, sideBarSurface } from './chat/host/panels.ts';
import { type Compare, createCompare } from './compare/host/compareFeature.ts';
import { createConnections } from './connections/host/connectionsFeature.ts';
import type { ModelParts, ModelPartsOptions } from './connections/host/modelParts.ts';
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
import { createVscodeChat, type VscodeChat } from './vscodeChat/host/vscodeChatFeature.ts';

/** What was created at activation, and the models; all of it stays the caller's. */
export interface AppOptions extends Pick<ModelPartsOptions, 'keys' | 'connectionState' | 'log'> {
  context: vscode.ExtensionContext;
  lastEditor: LastEditor;
  exitCodes: ExitCodes;
  modelParts: ModelParts;
}

/** What the registrations of `extension.ts` call. */
export interface App {
  readonly run: RunCommand;
  readonly panels: ChatPanels;
  readonly compare: Compare;
  readonly vscodeChat: VscodeChat;
  /** Stops running answers, and settles when what came of them is on disk. */
  dispose(): Promise<void>;
}

/** Settles when the chats can be shown. */
export async function createApp({ context, modelParts, ...shell }: AppOptions): Promise<App> {
  const { extensionUri, globalState, workspaceState, globalStorageUri: storage } = context;
  const media = vscode.Uri.joinPath(extensionUri, 'media');
  const run: RunCommand = (command, ...args) => commands[command](...args);
  const base = { ...shell, ...modelParts, extensionUri, globalState, workspaceState, storage, media, run };
  await openStorage(storage.fsPath, shell.log);

  // Disposed in reverse: what sends requests first, then the chats, which write what came; then the usage, which counts it.
  const features = new DisposableStore();
  const sources = features.add(createContextSources(shell));
  const confirmSend = createConfirmSend(windowDialogs, sources);
  const usage = features.add(createUsage({ ...base, meter: modelParts.usage }));
  // Chats know the slash commands of the prompts, and prompts read the chats, but not before somebody asks.
  const laterViews = {
    get active() {
      return chat.views.active;
    },
  };
  const prompts = features.add(createPrompts({ ...base, sources, views: laterViews }));
  const asking = { ...base, sources, confirmSend, commands: prompts.slashCommands };
  const sideBar = sideBarSurface();
  const chat: Chat = features.add(
    await createChat({ ...asking, sideBar, openTab: (view) => panels.openTab(view) }),
  );
  const { views, history, sessions, notices } = chat;
  const diagrams = features.add(createDiagrams(extensionUri, storage, shell.log));
  const codeTools = features.add(createCodeTools({ ...shell, attachmentsOf: chat.attachmentsOf }));
  const chats = { ...asking, views, history, sessions, notices, diagrams, codeTools };
  const panels = createChatPanels({ ...chats, sideBar });
  const compare = features.add(createCompare(chats));
  const edit = features.add(createEdit(chats));
  const quickAsk = features.add(createQuickAsk(chats));
  const vscodeChat = createVscodeChat(chats);

  const commands: Feature['commands'] = {
    ...chat.commands,
    ...compare.commands,
    ...createConnections(chats).commands,
    ...createEditorEntries(chats).commands,
    ...createScm(chats).commands,
    ...createSnippets(chats).commands,
    ...features.add(createDiagnostics(chats)).commands,
    ...edit.commands,
    ...features.add(createInspectorFeature(chats)).commands,
    ...prompts.commands,
    ...quickAsk.commands,
    ...usage.commands,
    ...vscodeChat.commands,
  };
  return { run, panels, compare, vscodeChat, dispose: () => features.dispose() };
}
