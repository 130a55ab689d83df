/** Brings comparisons back into their tabs after a reload; registered at activation, it loads nothing by itself. */

import * as vscode from 'vscode';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { type CompareHost, compareTabType, createCompareHost } from './comparePage.ts';

export interface CompareTabs {
  /** Shows the comparison of a tab after a reload. `state`: what its page kept. */
  restore(host: CompareHost, state: unknown): Promise<void>;
}

export function registerCompareTabs(
  extensionUri: vscode.Uri,
  loadTabs: () => Promise<CompareTabs>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(compareTabType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const host = createCompareHost(panel, extensionUri, log);
      try {
        await (await loadTabs()).restore(host, state);
      } catch (error) {
        await reportFailure(log, 'compare', error);
      }
    },
  });
}
