/** Registers the commands; what they do is loaded with the first of them. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { App } from './app.ts';
import type { CommandId } from './commandHandlers.ts';

const ids: readonly CommandId[] = [
  'qiao.ask',
  'qiao.askSelection',
  'qiao.attachSelection',
  'qiao.newChat',
  'qiao.stop',
  'qiao.selectModel',
  'qiao.setApiKey',
  'qiao.removeApiKey',
  'qiao.testConnection',
  'qiao.tryDemo',
  'qiao.leaveDemo',
  'qiao.openSettings',
  'qiao.showLog',
];

export function registerCommands(
  loadApp: () => Promise<App>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registrations = ids.map((id) =>
    vscode.commands.registerCommand(id, async () => {
      try {
        await (await loadApp()).run(id);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        log.error(`${id}: ${message}`);
        const text = l10n.t('Qiao could not do that: {0}', message);
        const show = l10n.t('Show Log');
        if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
