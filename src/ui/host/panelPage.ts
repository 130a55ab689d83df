/** The panel's page: strict policy, one script, nothing inline, nothing remote. */

import * as vscode from 'vscode';
import { strictPage } from './pageParts.ts';

/** The folders a panel may load from. */
export function panelRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')];
}

export function panelPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  return strictPage(webview, extensionUri, 'panel');
}
