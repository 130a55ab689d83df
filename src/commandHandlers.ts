/** What each command does. */

import * as vscode from 'vscode';
import type { AppParts } from './app.ts';
import type { CommandId } from './base/host/commandIds.ts';
import type { CommandHandler } from './base/host/feature.ts';
import { ask, askSelection, attachSelection } from './chat/host/ask.ts';
import { getStarted } from './chat/host/getStarted.ts';
import { exportChat, openAsMarkdown } from './chat/host/history/historyFiles.ts';
import { importConversations } from './chat/host/history/importConversations.ts';
import { updateCatalog } from './connections/host/catalog/updateCatalog.ts';
import { manageConnections, migrateConnection } from './connections/host/connectionCommands.ts';
import { removeApiKey, setApiKey } from './connections/host/keyCommands.ts';
import { pickModel } from './connections/host/modelPicker.ts';
import { simulateFault } from './connections/host/simulateFault.ts';
import { testConnection } from './connections/host/testConnection.ts';
import { editRequest, hunkOf, rangeOf, uriOf } from './edit/host/editArguments.ts';
import { createEditorHandlers } from './editor/host/editorCommands.ts';
import { decodeEventStream, inspectLastRequest, inspectRequest } from './inspector/host/inspectCommands.ts';
import {
  addStarterPrompts,
  editPrompt,
  newPrompt,
  openPromptsFolder,
  runPrompt,
} from './prompts/host/promptCommands.ts';
import { enableNativeChat } from './vscodeChat/host/enableNativeChat.ts';
import { openInChat } from './vscodeChat/host/handOver.ts';
import { handOverCommands } from './vscodeChat/host/participant.ts';

export function createCommandHandlers(parts: AppParts): Record<CommandId, CommandHandler> {
  const { views, codeTools, connectionState, edits, log } = parts;
  const currentId = (args: readonly unknown[]): string => views.meant(args).chats.current.conversation.id;
  return {
    'qiao.ask': () => ask(parts),
    'qiao.askSelection': () => askSelection(parts),
    'qiao.attachSelection': () => attachSelection(parts),
    'qiao.newChat': async (...args) => {
      const view = views.meant(args);
      view.chats.newChat();
      await view.show();
    },
    'qiao.openInEditor': async (...args) => views.openInEditor(views.meant(args)),
    'qiao.find': (...args) => views.meant(args).show({ type: 'find-show' }),
    'qiao.stop': async () => views.active.chats.current.stop(),
    'qiao.selectModel': () => pickModel(parts),
    'qiao.setApiKey': (profileId) => setApiKey(parts, textOf(profileId)),
    'qiao.removeApiKey': () => removeApiKey(parts),
    'qiao.testConnection': (ref) => testConnection(parts, textOf(ref)),
    'qiao.diagnose': async () => (await import('./diagnostics/host/diagnose.ts')).diagnose(parts),
    'qiao.copyDiagnosis': () => parts.report.copy(),
    'qiao.tryDemo': async () => {
      await connectionState.setDemo(true);
      await views.active.show();
    },
    'qiao.leaveDemo': () => connectionState.setDemo(false),
    'qiao.manageConnections': (profileId) => manageConnections(parts, textOf(profileId)),
    'qiao.migrateConnection': () => migrateConnection(parts),
    'qiao.simulateFault': () => simulateFault(parts),
    'qiao.showHistory': (...args) => views.meant(args).show({ type: 'history-show' }),
    'qiao.exportChat': (...args) => exportChat(currentId(args), parts),
    'qiao.openChatAsMarkdown': (...args) => openAsMarkdown(currentId(args), parts),
    'qiao.importChat': () => importConversations(parts),
    'qiao.copyAsCode': async (what) => {
      const { copyAsCode, whatToCopy } = await import('./snippets/host/copyAsCode.ts');
      await copyAsCode(whatToCopy(what), parts);
    },
    'qiao.acceptProposal': () => codeTools.acceptProposal(),
    'qiao.discardProposal': () => codeTools.discardProposal(),
    'qiao.runPrompt': () => runPrompt(parts),
    'qiao.newPrompt': () => newPrompt(parts),
    'qiao.editPrompt': () => editPrompt(parts),
    'qiao.openPromptsFolder': () => openPromptsFolder(parts),
    'qiao.addStarterPrompts': () => addStarterPrompts(parts),
    'qiao.editInline': (request) => edits.edit(editRequest(request)),
    'qiao.fixProblem': (uri, range) => edits.fix(uriOf(uri), rangeOf(range)),
    'qiao.acceptEdit': (uri, hunk) => edits.decide('accept', uriOf(uri), hunkOf(hunk)),
    'qiao.rejectEdit': (uri, hunk) => edits.decide('reject', uriOf(uri), hunkOf(hunk)),
    'qiao.enableNativeChat': () => enableNativeChat(),
    'qiao.openInChat': () => openInChat(parts, handOverCommands.fromPanel),
    'qiao.stopEdit': async (uri) => edits.stop(uriOf(uri)),
    'qiao.retryEdit': (uri) => edits.retry(uriOf(uri)),
    'qiao.nextHunk': async (uri) => edits.reveal(1, uriOf(uri)),
    'qiao.previousHunk': async (uri) => edits.reveal(-1, uriOf(uri)),
    'qiao.saveUnformatted': () => edits.saveUnformatted(),
    'qiao.getStarted': () => getStarted(parts),
    'qiao.compare': async (turnId) => {
      const session = typeof turnId === 'string' ? parts.sessions.withTurn(turnId) : undefined;
      const turn = session?.conversation.turns.find(({ id }) => id === turnId);
      const comparisons = await parts.comparisons();
      await (session && turn ? comparisons.openTurn(session, turn) : comparisons.open());
    },
    'qiao.compareQuestions': async (uri) => (await parts.comparisons()).openQuestions(uriOf(uri)),
    'qiao.openComparison': async () => (await parts.comparisons()).openStored(),
    'qiao.showUsage': async () => parts.usagePage.show(),
    'qiao.updateCatalog': () => updateCatalog(parts),
    'qiao.inspectLastRequest': () => inspectLastRequest(parts),
    'qiao.inspectRequest': (turnId) => inspectRequest(turnId, parts),
    'qiao.decodeEventStream': (source) => decodeEventStream(source, parts),
    'qiao.openSettings': async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:qiao.qiao');
    },
    'qiao.showLog': async () => log.show(),
    ...createEditorHandlers(parts),
  };
}

function textOf(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : undefined;
}
