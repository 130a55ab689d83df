/** Brings comparisons back into their tabs after a reload; registered at activation, it loads nothing by itself. */

import * as vscode from 'vscode';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { type CompareHost, compareTabType, createCompareHost } from './comparePage.ts';

/** Brings a comparison back. `state`: what its page remembers. */
interface RestoresComparisons {
  restore(host: CompareHost, state: unknown): Promise<void>;
}

export function registerCompareTabs(
  extensionUri: vscode.Uri,
  loadApp: () => Promise<{ comparisons(): Promise<RestoresComparisons> }>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(compareTabType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const host = createCompareHost(panel, extensionUri, log);
      try {
        const comparisons = await (await loadApp()).comparisons();
        await comparisons.restore(host, state);
      } catch (error) {
        await reportFailure(log, 'compare', error);
      }
    },
  });
}
