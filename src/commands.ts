/** Registers the commands; what they do is loaded with the first of them. */

import * as vscode from 'vscode';
import type { App } from './app.ts';
import type { CommandId } from './commandHandlers.ts';
import { reportFailure } from './errors/host/reportFailure.ts';

const ids: readonly CommandId[] = [
  'qiao.ask',
  'qiao.askSelection',
  'qiao.attachSelection',
  'qiao.newChat',
  'qiao.openInEditor',
  'qiao.find',
  'qiao.stop',
  'qiao.selectModel',
  'qiao.setApiKey',
  'qiao.removeApiKey',
  'qiao.testConnection',
  'qiao.diagnose',
  'qiao.copyDiagnosis',
  'qiao.tryDemo',
  'qiao.leaveDemo',
  'qiao.manageConnections',
  'qiao.migrateConnection',
  'qiao.simulateFault',
  'qiao.showHistory',
  'qiao.exportChat',
  'qiao.openChatAsMarkdown',
  'qiao.importChat',
  'qiao.copyAsCode',
  'qiao.acceptProposal',
  'qiao.discardProposal',
  'qiao.runPrompt',
  'qiao.newPrompt',
  'qiao.editPrompt',
  'qiao.openPromptsFolder',
  'qiao.addStarterPrompts',
  'qiao.editInline',
  'qiao.fixProblem',
  'qiao.acceptEdit',
  'qiao.rejectEdit',
  'qiao.stopEdit',
  'qiao.retryEdit',
  'qiao.nextHunk',
  'qiao.previousHunk',
  'qiao.enableNativeChat',
  'qiao.openInChat',
  'qiao.explainProblem',
  'qiao.explainCode',
  'qiao.writeTests',
  'qiao.writeDocumentation',
  'qiao.generateCommitMessage',
  'qiao.explainTerminal',
  'qiao.attachTerminalSelection',
  'qiao.askCell',
  'qiao.attachFile',
  'qiao.quickAsk',
  'qiao.quickAskReply',
  'qiao.quickAskStop',
  'qiao.quickAskAgain',
  'qiao.quickAskCopy',
  'qiao.quickAskContinue',
  'qiao.quickAskClose',
  'qiao.saveUnformatted',
  'qiao.getStarted',
  'qiao.compare',
  'qiao.compareQuestions',
  'qiao.openComparison',
  'qiao.showUsage',
  'qiao.updateCatalog',
  'qiao.inspectLastRequest',
  'qiao.inspectRequest',
  'qiao.decodeEventStream',
  'qiao.openSettings',
  'qiao.showLog',
];

export function registerCommands(
  loadApp: () => Promise<App>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registrations = ids.map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await (await loadApp()).run(id, ...args);
      } catch (error) {
        await reportFailure(log, id, error);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
