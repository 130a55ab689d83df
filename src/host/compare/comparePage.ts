/** The page of a comparison: strict policy, one script, nothing inline, nothing remote. */

import type * as vscode from 'vscode';
import { fillPage } from '../fillPage.ts';
import { strictPage } from '../pageParts.ts';
import { panelRoots } from '../panelPage.ts';
import { tabIcon } from '../tabIcon.ts';

export const compareTabType = 'qiao.compare';

/** Gives a tab its page; whoever listens to its messages must do so before. */
export function fillComparePage(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): void {
  panel.iconPath = tabIcon(extensionUri);
  panel.webview.options = { enableScripts: true, localResourceRoots: panelRoots(extensionUri) };
  fillPage(panel, () => strictPage(panel.webview, extensionUri, 'compare'), log);
}
