/** Everything behind the first use, wired together. */

import path from 'node:path';
import * as vscode from 'vscode';
import type { HostMessage } from '../core/protocol.ts';
import { AttachmentTray } from './attachmentTray.ts';
import type { CatalogStore } from './catalog/catalogStore.ts';
import { Chats } from './chats.ts';
import { createChipMemory } from './chipMemory.ts';
import { attachmentsAt } from './code/attachmentsAt.ts';
import { type CodeTools, createCodeTools } from './code/codeTools.ts';
import { windowDialogs } from './code/dialogs.ts';
import { type CommandId, createCommandHandlers } from './commandHandlers.ts';
import type { Comparisons } from './compare/comparisons.ts';
import { Composer } from './composer.ts';
import type { ConnectionState } from './connectionState.ts';
import { readProfiles } from './connections.ts';
import { type ConfirmSend, createConfirmSend } from './context/confirmSend.ts';
import { type ContextSources, createContextSources } from './context/contextSources.ts';
import { ContextMeter } from './contextMeter.ts';
import type { Demo } from './demo.ts';
import { createDiagrams, type Diagrams } from './diagrams.ts';
import { createReportDocument, type ReportDocument } from './doctor/reportDocument.ts';
import { InlineEdits } from './edit/inlineEdits.ts';
import type { ExitCodes } from './editor/exitCodes.ts';
import { QuickAsks } from './editor/quickAsk.ts';
import { createQuickAskDraft } from './editor/quickAskDraft.ts';
import { diskFiles } from './history/files.ts';
import { createHistory, type History } from './history/history.ts';
import { makePrivate } from './history/privateStorage.ts';
import type { Exchanges } from './inspect/exchanges.ts';
import { createInspector, type Inspector } from './inspect/inspector.ts';
import { sendAgain } from './inspect/sendAgain.ts';
import type { KeyStore } from './keyStore.ts';
import type { LastEditor } from './lastEditor.ts';
import type { ModelLists } from './modelLists.ts';
import type { ModelParts } from './modelParts.ts';
import type { Models } from './models.ts';
import { createNativeChat, type NativeChat } from './native/nativeChat.ts';
import { createNotices, type Notices } from './notices.ts';
import { connectPanel, type PanelConnection } from './panelConnection.ts';
import type { PlainHttpConsent } from './plainHttp.ts';
import { createCommandContext } from './prompts/commandContext.ts';
import { createPromptDiagnostics } from './prompts/promptDiagnostics.ts';
import { createPromptLibrary, type PromptLibrary } from './prompts/promptLibrary.ts';
import type { SlashCommands } from './prompts/slashCommand.ts';
import { createSlashCommands } from './prompts/slashCommands.ts';
import { createShowRequest } from './showRequest.ts';
import { createUsagePage, type UsagePage } from './usage/usagePage.ts';
import { showWarningMessage } from './window/messages.ts';

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
  chats: Chats;
  sources: ContextSources;
  tray: AttachmentTray;
  confirmSend: ConfirmSend;
  commands: SlashCommands;
  library: PromptLibrary;
  /** The user's own prompts. */
  promptFolder: vscode.Uri;
  /** The extension's own folder for what it keeps. */
  storage: vscode.Uri;
  /** What is shipped beside the code. */
  media: vscode.Uri;
  composer: Composer;
  meter: ContextMeter;
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
  /** Tells every open panel; what asks to be shown is also told to a panel that is just opening. */
  broadcast(message: HostMessage): void;
}

export interface App extends Pick<AppParts, 'comparisons'> {
  /** For VS Code's own chat. */
  native: NativeChat;
  run(command: CommandId, ...args: unknown[]): Promise<void>;
  /** `showTitle` is told the name of the conversation in sight; empty for a new one. */
  connectPanel(webview: vscode.Webview, showTitle: (title: string) => void): PanelConnection;
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
  const history = createHistory({ folder, workspace, memory: context.workspaceState, log: shell.log });
  history.onTrouble((trouble) => notices.showTrouble(trouble));
  const chats = await Chats.open({ models, history, log: shell.log, memory: context.workspaceState });
  const sources = createContextSources(shell);
  const tray = new AttachmentTray({
    sources,
    memory: createChipMemory(context.workspaceState),
    isRepeated: (attachment) => composer.repeats(attachment),
  });
  const promptFolder = vscode.Uri.joinPath(context.globalStorageUri, 'prompts');
  const library = createPromptLibrary({
    userFolder: promptFolder,
    log: shell.log,
  });
  const commands = createSlashCommands({
    library,
    clear: () => handlers['qiao.newChat'](),
    compact: () => meter.summarise({ whole: true }),
    export: () => handlers['qiao.exportChat'](),
    context: createCommandContext(shell.lastEditor, sources),
  });
  const promptDiagnostics = createPromptDiagnostics({
    library,
    builtInNames: commands.choices.filter(({ source }) => source === 'built-in').map(({ name }) => name),
    connectionIds: () => readProfiles().map(({ id }) => id),
  });
  const { connectionState } = shell;
  const composer = new Composer({ chats, models, notices, lists, connectionState, tray, commands });

  void restoreChips(tray, shell.log);

  const panels = new Set<PanelConnection>();
  const showRequest = createShowRequest();
  const broadcast = (message: HostMessage): void => {
    showRequest.keep(message);
    for (const panel of panels) panel.post(message);
  };
  const diagrams = createDiagrams(context.extensionUri, context.globalStorageUri, shell.log);
  const report = createReportDocument();
  const inspector = createInspector({
    exchanges,
    models,
    log: shell.log,
    extensionUri: context.extensionUri,
    sendAgain: (turnId, signal) => sendAgain(turnId, signal, { chats, models }),
  });
  const meter = new ContextMeter({ chats, composer, models, post: broadcast });
  const codeTools = createCodeTools({
    lastEditor: shell.lastEditor,
    attachmentsOf: (turnId) => attachmentsAt(chats.current.conversation, turnId),
  });
  const confirmSend = createConfirmSend(windowDialogs, sources);
  const edits = new InlineEdits({
    models,
    settings: () => chats.current.settings,
    lastEditor: shell.lastEditor,
    codeTools,
    dialogs: windowDialogs,
    confirmSend,
    memory: context.workspaceState,
  });
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  const draft = createQuickAskDraft(context.workspaceState);
  const quickAsks = new QuickAsks({ models, chats, confirmSend, media, broadcast, draft });
  chats.onMessage(broadcast);
  let busy = false;
  chats.onDidChange(() => {
    if (busy === chats.current.busy) return;
    busy = chats.current.busy;
    void vscode.commands.executeCommand('setContext', 'qiao.busy', busy);
    // A step of the walkthrough is done.
    if (busy) void vscode.commands.executeCommand('setContext', 'qiao.hasAsked', true);
  });
  composer.onDidChangeAttachments((attachments) => broadcast({ type: 'attachments-change', attachments }));
  composer.onDidChange(async () => broadcast({ type: 'composer-change', composer: await composer.state() }));

  let comparisons: Promise<Comparisons> | undefined;
  const parts: AppParts = {
    ...shell,
    demo,
    lists,
    models,
    plainHttp,
    notices,
    history,
    chats,
    sources,
    tray,
    confirmSend,
    commands,
    library,
    promptFolder,
    storage: context.globalStorageUri,
    media,
    composer,
    meter,
    codeTools,
    edits,
    quickAsks,
    diagrams,
    comparisons() {
      comparisons ??= import('./compare/comparisons.ts').then(
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
    broadcast,
  };
  const handlers = createCommandHandlers(parts);
  const run: App['run'] = (command, ...args) => handlers[command](...args);
  return {
    native: createNativeChat(parts),
    run,
    comparisons: parts.comparisons,
    connectPanel(webview, showTitle) {
      const panel = connectPanel(webview, {
        ...parts,
        showRequest,
        run,
        tellOthers(message) {
          for (const other of panels) if (other !== panel) other.post(message);
        },
      });
      panels.add(panel);
      const titles = followTitle(chats, showTitle);
      void lists.refresh(readProfiles());
      return {
        ...panel,
        dispose() {
          titles.dispose();
          panels.delete(panel);
          panel.dispose();
        },
      };
    },
    async dispose() {
      meter.dispose();
      edits.dispose();
      quickAsks.dispose();
      codeTools.dispose();
      diagrams.dispose();
      await (await comparisons)?.dispose();
      report.dispose();
      inspector.dispose();
      await chats.dispose();
      // What is still being counted is written before the window is gone.
      await ledger.table().catch(() => {});
      usagePage.dispose();
      await history.flush();
      await history.dispose();
      composer.dispose();
      commands.dispose();
      promptDiagnostics.dispose();
      library.dispose();
      tray.dispose();
      sources.dispose();
    },
  };
}

async function restoreChips(tray: AttachmentTray, log: vscode.LogOutputChannel): Promise<void> {
  try {
    const lost = await tray.restore();
    if (lost.length === 0) return;
    void showWarningMessage(
      vscode.l10n.t('No longer attached after the reload: {0}. Attach it again.', lost.join(', ')),
    );
  } catch (error) {
    log.warn(`What was attached is not restored: ${error instanceof Error ? error.message : error}`);
  }
}

function followTitle(chats: Chats, show: (title: string) => void): vscode.Disposable {
  let shown: string | undefined;
  const refresh = (): void => {
    const { title } = chats.current.view;
    if (title === shown) return;
    shown = title;
    show(title);
  };
  refresh();
  return chats.onDidChange(refresh);
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
