/** Creates the tabs of comparisons and restores them after a reload. Registered at activation; loads nothing else. */

import * as vscode from 'vscode';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { createWebviewHost, type WebviewHost } from '../../ui/host/webviewHost.ts';
import type { CompareHostMessage } from '../common/compareProtocol.ts';
import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';

export const compareTabType = 'qiao.compare';

export type CompareHost = WebviewHost<CompareHostMessage, CompareViewMessage, vscode.WebviewPanel>;

export interface CompareTabs {
  /** Shows a tab's comparison after a reload. `state`: what its page kept. */
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

/** Gives a tab its page, `dist/webview/compare.js`. */
export function createCompareHost(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): CompareHost {
  return createWebviewHost(panel, { extensionUri, log, page: 'compare' });
}
