/** The page of a comparison: strict policy, one script, nothing inline, nothing remote. */

import * as vscode from 'vscode';
import { createPageParts } from '../pageParts.ts';
import { panelRoots } from '../panelPage.ts';

export const compareTabType = 'qiao.compare';

/** Gives a tab its page; whoever listens to its messages must do so before. */
export function fillComparePage(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'qiao.svg');
  panel.webview.options = { enableScripts: true, localResourceRoots: panelRoots(extensionUri) };
  panel.webview.html = comparePage(panel.webview, extensionUri);
}

function comparePage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const { nonce, at } = createPageParts(webview, extensionUri);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${at('dist', 'webview', 'codicons', 'codicon.css')}">
  <link rel="stylesheet" href="${at('media', 'compare.css')}">
  <title>Qiao</title>
</head>
<body>
  <div id="app" data-math-script="${at('dist', 'webview', 'math.js')}"></div>
  <script type="module" nonce="${nonce}" src="${at('dist', 'webview', 'compare.js')}"></script>
</body>
</html>`;
}
