/** The page of a comparison: strict policy, one script, nothing inline, nothing remote. */

import type * as vscode from 'vscode';
import { fillPage } from '../../ui/host/fillPage.ts';
import { strictPage } from '../../ui/host/pageParts.ts';
import { panelRoots } from '../../ui/host/panelPage.ts';
import { tabIcon } from '../../ui/host/tabIcon.ts';

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
