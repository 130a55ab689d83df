/** The page of the inspector: strict policy, one script, nothing inline, nothing remote. */

import * as vscode from 'vscode';
import { createPageParts } from '../pageParts.ts';

export function inspectPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const { nonce, at } = createPageParts(webview, extensionUri);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
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
  <link rel="stylesheet" href="${at('media', 'inspect.css')}">
  <title>Qiao</title>
</head>
<body>
  <div id="inspect"></div>
  <script type="module" nonce="${nonce}" src="${at('dist', 'webview', 'inspect.js')}"></script>
</body>
</html>`;
}
