/** Brings comparisons back into their tabs after a reload; registered at activation, it loads nothing by itself. */

import * as vscode from 'vscode';
import type { App } from '../../app.ts';
import { reportFailure } from '../../errors/host/reportFailure.ts';
import { compareTabType, fillComparePage } from './comparePage.ts';

export function registerCompareTabs(
  extensionUri: vscode.Uri,
  loadApp: () => Promise<App>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(compareTabType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const messages: unknown[] = [];
      const listener = panel.webview.onDidReceiveMessage((message: unknown) => messages.push(message));
      fillComparePage(panel, extensionUri, log);
      try {
        const comparisons = await (await loadApp()).comparisons();
        await comparisons.restore(panel, state, { messages, dispose: () => listener.dispose() });
      } catch (error) {
        await reportFailure(log, 'compare', error);
      }
    },
  });
}
