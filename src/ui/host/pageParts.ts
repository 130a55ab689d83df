/** Writes the HTML of pages: content security policy, addresses, and texts. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { pageTexts } from './pageTexts.ts';

export interface PageParts {
  /** For the policy and the scripts of one page; another one for each. */
  nonce: string;
  /** The address of a file of the extension, by the parts of its path. */
  at(...path: string[]): string;
}

/**
 * A page that is all its script's: `dist/webview/<name>.js`, dressed by `<name>.css` beside it. Strict policy, nothing inline,
 * nothing remote.
 */
export function strictPage(webview: vscode.Webview, extensionUri: vscode.Uri, name: string): string {
  const { nonce, at } = createPageParts(webview, extensionUri);
  const texts = pageTexts(vscode.l10n.bundle, vscode.l10n.bundle && listShown(extensionUri));
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
  <script nonce="${nonce}" src="${at('dist', 'webview', 'watch.js')}"></script>
  <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${at('dist', 'webview', 'codicons', 'codicon.css')}">
  <link rel="stylesheet" href="${at('dist', 'webview', `${name}.css`)}">
  <script type="application/json" id="texts">${texts}</script>
  <title>Qiao</title>
</head>
<body>
  <div id="app" data-math-script="${at('dist', 'webview', 'math.js')}"></div>
  <script type="module" nonce="${nonce}" src="${at('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}

/** The texts that pages show, as the build lists them; `undefined` when the list cannot be read. */
function listShown(extensionUri: vscode.Uri): readonly string[] | undefined {
  try {
    const file = vscode.Uri.joinPath(extensionUri, 'dist', 'webview', 'texts.json').fsPath;
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

export function createPageParts(webview: vscode.Webview, extensionUri: vscode.Uri): PageParts {
  return {
    nonce: randomBytes(16).toString('base64'),
    at: (...path) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString(),
  };
}
