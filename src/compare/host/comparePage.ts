/** The page of a comparison: `dist/webview/compare.js`, in a tab. */

import type * as vscode from 'vscode';
import { createWebviewHost, type WebviewHost } from '../../ui/host/webviewHost.ts';
import type { CompareHostMessage } from '../common/compareProtocol.ts';
import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';

export const compareTabType = 'qiao.compare';

export type CompareHost = WebviewHost<CompareHostMessage, CompareViewMessage, vscode.WebviewPanel>;

/** Gives a tab its page. */
export function createCompareHost(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): CompareHost {
  return createWebviewHost(panel, { extensionUri, log, page: 'compare' });
}
