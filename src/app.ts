/** Everything behind the first use, wired together. */

import path from 'node:path';
import * as vscode from 'vscode';
import type { CommandId } from './base/host/commandIds.ts';
import { diskFiles } from './base/host/files.ts';
import type { LastEditor } from './base/host/lastEditor.ts';
import { makePrivate } from './base/host/privateStorage.ts';
import { attachmentRoom } from './chat/common/turn.ts';
import type { ChatView } from './chat/host/chatView.ts';
import { ChatViews } from './chat/host/chatViews.ts';
import { createHistory, type History } from './chat/host/history/history.ts';
import { createNotices, type Notices } from './chat/host/notices.ts';
import { type ChatHost, connectPanel } from './chat/host/panelConnection.ts';
import {
  type ChatPanels,
  createChatHost,
  createChatTab,
  sideBarSurface,
  tabSurface,
} from './chat/host/panels.ts';
import { Sessions } from './chat/host/sessions.ts';
import { createStarters } from './chat/host/starters.ts';
import { createCommandHandlers } from './commandHandlers.ts';
import type { Comparisons } from './compare/host/comparisons.ts';
import type { CatalogStore } from './connections/host/catalog/catalogStore.ts';
import type { ConnectionState } from './connections/host/connectionState.ts';
import { readProfiles } from './connections/host/connections.ts';
import type { Demo } from './connections/host/demo.ts';
import type { KeyStore } from './connections/host/keyStore.ts';
import type { ModelLists } from './connections/host/modelLists.ts';
import type { ModelParts } from './connections/host/modelParts.ts';
import type { Models } from './connections/host/models.ts';
import type { PlainHttpConsent } from './connections/host/plainHttp.ts';
import { type ConfirmSend, createConfirmSend } from './context/host/confirmSend.ts';
import type { ContextSources } from './context/host/contextSources.ts';
import { createContextSources } from './context/host/createContextSources.ts';
import { createReportDocument, type ReportDocument } from './diagnostics/host/reportDocument.ts';
import { attachmentsAt } from './edit/host/code/attachmentsAt.ts';
import { type CodeTools, createCodeTools } from './edit/host/code/codeTools.ts';
import { windowDialogs } from './edit/host/code/dialogs.ts';
import { InlineEdits } from './edit/host/inlineEdits.ts';
import { QuickAsks } from './edit/host/quickAsk/quickAsk.ts';
import { createQuickAskDraft } from './edit/host/quickAsk/quickAskDraft.ts';
import type { ExitCodes } from './editor/host/exitCodes.ts';
import type { Exchanges } from './inspector/host/exchanges.ts';
import { createInspector, type Inspector } from './inspector/host/inspector.ts';
import { sendAgain } from './inspector/host/sendAgain.ts';
import { createCommandContext } from './prompts/host/commandContext.ts';
import { createPromptDiagnostics } from './prompts/host/promptDiagnostics.ts';
import { createPromptLibrary, type PromptLibrary } from './prompts/host/promptLibrary.ts';
import type { SlashCommands } from './prompts/host/slashCommand.ts';
import { createSlashCommands } from './prompts/host/slashCommands.ts';
import { createDiagrams, type Diagrams } from './ui/host/diagrams.ts';
import { createUsagePage, type UsagePage } from './usage/host/usagePage.ts';
import { createNativeChat, type NativeChat } from './vscodeChat/host/nativeChat.ts';

export interface AppOptions {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  keys: KeyStore;
  connectionState: ConnectionState;
  lastEditor: LastEditor;
  /** Stay the caller's. */
  modelParts: ModelParts;
  exitCodes: ExitCodes;
}

/** The parts that commands and panels work with. */
export interface AppParts extends Omit<AppOptions, 'context' | 'modelParts'> {
  demo: Demo;
  lists: ModelLists;
  models: Models;
  plainHttp: PlainHttpConsent;
  notices: Notices;
  history: History;
  /** The conversations in memory. */
  sessions: Sessions;
  /** The chats on the screen. */
  views: ChatViews;
  sources: ContextSources;
  confirmSend: ConfirmSend;
  commands: SlashCommands;
  library: PromptLibrary;
  /** The user's own prompts. */
  promptFolder: vscode.Uri;
  /** The extension's own folder for what it keeps. */
  storage: vscode.Uri;
  /** What is shipped beside the code. */
  media: vscode.Uri;
  codeTools: CodeTools;
  edits: InlineEdits;
  quickAsks: QuickAsks;
  diagrams: Diagrams;
  /** Loaded with the first of them. */
  comparisons(): Promise<Comparisons>;
  usagePage: UsagePage;
  /** Where *Diagnose* shows what it found. */
  report: ReportDocument;
  catalog: CatalogStore;
  exchanges: Exchanges;
  inspector: Inspector;
}

export interface App extends ChatPanels, Pick<AppParts, 'comparisons'> {
  /** For VS Code's own chat. */
  native: NativeChat;
  run(command: CommandId, ...args: unknown[]): Promise<void>;
  dispose(): Promise<void>;
}

export async function createApp({ context, modelParts, ...shell }: AppOptions): Promise<App> {
  const { demo, lists, models, ledger, usage, catalog, exchanges, plainHttp } = modelParts;
  const usagePage = createUsagePage({
    extensionUri: context.extensionUri,
    ledger,
    meter: usage,
    log: shell.log,
  });
  const storage = context.globalStorageUri.fsPath;
  await openStorage(storage, shell.log);
  const folder = path.join(storage, 'conversations');
  const notices = createNotices(context.globalState, models, folder);
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
  const history = createHistory({ folder, workspace, log: shell.log });
  history.onTrouble((trouble) => notices.showTrouble(trouble));
  const memory = context.workspaceState;
  const sessions = new Sessions({ models, history, log: shell.log, memory });
  const sources = createContextSources(shell);
  const promptFolder = vscode.Uri.joinPath(context.globalStorageUri, 'prompts');
  const library = createPromptLibrary({
    userFolder: promptFolder,
    log: shell.log,
  });
  const commands = createSlashCommands({
    library,
    clear: () => handlers['qiao.newChat'](),
    compact: () => views.active.meter.summarise({ whole: true }),
    export: () => handlers['qiao.exportChat'](),
    context: createCommandContext({
      lastEditor: shell.lastEditor,
      sources,
      tokens() {
        const { model, parameters } = views.active.chats.current.settings;
        return attachmentRoom(models.describe(model), parameters);
      },
    }),
  });
  const promptDiagnostics = createPromptDiagnostics({
    library,
    builtInNames: commands.choices.filter(({ source }) => source === 'built-in').map(({ name }) => name),
    connectionIds: () => readProfiles().map(({ id }) => id),
  });
  const { connectionState } = shell;
  const starters = createStarters(shell.lastEditor);
  const sideBar = sideBarSurface();
  const views = await ChatViews.open({
    ...{ sessions, history, models, memory, sources, notices, lists, connectionState, commands, starters },
    log: shell.log,
    sideBar,
    openTab(view) {
      connectTab(createChatHost(createChatTab(), context.extensionUri, shell.log), view);
    },
  });
  const diagrams = createDiagrams(context.extensionUri, context.globalStorageUri, shell.log);
  const report = createReportDocument();
  const inspector = createInspector({
    exchanges,
    models,
    log: shell.log,
    extensionUri: context.extensionUri,
    sendAgain: (turnId, signal) => sendAgain(turnId, signal, { sessions, models }),
  });
  const codeTools = createCodeTools({
    lastEditor: shell.lastEditor,
    attachmentsOf(turnId) {
      const session = sessions.withTurn(turnId);
      return session ? attachmentsAt(session.conversation, turnId) : [];
    },
  });
  const confirmSend = createConfirmSend(windowDialogs, sources);
  const edits = new InlineEdits({
    models,
    settings: () => views.active.chats.current.settings,
    lastEditor: shell.lastEditor,
    codeTools,
    dialogs: windowDialogs,
    confirmSend,
    memory,
  });
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  const draft = createQuickAskDraft(memory);
  const quickAsks = new QuickAsks({ models, views, confirmSend, media, draft });
  let busy = false;
  views.onDidChange(() => {
    const { current } = views.active.chats;
    if (busy === current.busy) return;
    busy = current.busy;
    void vscode.commands.executeCommand('setContext', 'qiao.busy', busy);
    // A step of the walkthrough is done.
    if (busy) void vscode.commands.executeCommand('setContext', 'qiao.hasAsked', true);
  });

  let comparisons: Promise<Comparisons> | undefined;
  const parts: AppParts = {
    ...shell,
    demo,
    lists,
    models,
    plainHttp,
    notices,
    history,
    sessions,
    views,
    sources,
    confirmSend,
    commands,
    library,
    promptFolder,
    storage: context.globalStorageUri,
    media,
    codeTools,
    edits,
    quickAsks,
    diagrams,
    comparisons() {
      comparisons ??= import('./compare/host/comparisons.ts').then(
        (module) =>
          new module.Comparisons({
            ...parts,
            context,
            run: (command, ...args) => handlers[command](...args),
          }),
      );
      return comparisons;
    },
    usagePage,
    report,
    catalog,
    exchanges,
    inspector,
  };
  const handlers = createCommandHandlers(parts);
  const connect = (host: ChatHost, view: ChatView): void => {
    void lists.refresh(readProfiles());
    connectPanel(host, { ...parts, view, run });
  };
  const connectTab = (host: ChatHost<vscode.WebviewPanel>, view: ChatView): void => {
    view.stand(tabSurface(host.place, context.extensionUri));
    views.follow(view);
    host.place.onDidChangeViewState(() => views.follow(view));
    connect(host, view);
    host.own({ dispose: () => views.close(view) });
  };
  const run: App['run'] = (command, ...args) => handlers[command](...args);
  return {
    native: createNativeChat(parts),
    run,
    comparisons: parts.comparisons,
    connectSideBar(host) {
      const { place } = host;
      sideBar.place = place;
      views.sideBar.stand(sideBar);
      connect(host, views.sideBar);
      host.own({
        dispose() {
          if (sideBar.place === place) sideBar.place = undefined;
        },
      });
    },
    async restoreTab(host, kept) {
      const view = await views.restore(kept);
      if (host.isDisposed) void views.close(view);
      else connectTab(host, view);
    },
    async dispose() {
      starters.dispose();
      edits.dispose();
      quickAsks.dispose();
      codeTools.dispose();
      diagrams.dispose();
      await (await comparisons)?.dispose();
      report.dispose();
      inspector.dispose();
      views.dispose();
      await sessions.dispose();
      // What is still being counted is written before the window is gone.
      await ledger.table().catch(() => {});
      usagePage.dispose();
      await history.flush();
      await history.dispose();
      commands.dispose();
      promptDiagnostics.dispose();
      library.dispose();
      sources.dispose();
    },
  };
}

/** What earlier versions wrote is made private while everything goes on. */
async function openStorage(folder: string, log: vscode.LogOutputChannel): Promise<void> {
  try {
    // The history tells the user when it can't write.
    await diskFiles.makeFolder(folder);
  } catch {
    return;
  }
  makePrivate(folder).catch((error: unknown) =>
    log.warn(`Other users of this machine may be able to read Qiao’s storage: ${error}`),
  );
}
