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

export interface PageContents {
  /** Of the script and the style sheet in `dist/webview`. */
  name: string;
  /** HTML that the page shows before its script is loaded. */
  body?: string;
  /** A script in `dist/webview` that runs when `body` is there. */
  early?: string;
}

/**
 * A page of `dist/webview/<name>.js`, with `<name>.css` beside it. The policy is strict: only scripts and styles of the
 * extension, nothing from a server. What the first frame needs is part of the HTML: each file is a round trip through
 * VS Code's window.
 */
export function strictPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { name, body = '', early }: PageContents,
): string {
  const { nonce, at } = createPageParts(webview, extensionUri);
  const texts = pageTexts(vscode.l10n.bundle, vscode.l10n.bundle && listShown(extensionUri));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const script = (file: string): string => {
    const text = readPart(extensionUri, `${file}.js`);
    if (text !== undefined) return `<script nonce="${nonce}">${text}</script>`;
    return `<script nonce="${nonce}" src="${at('dist', 'webview', `${file}.js`)}"></script>`;
  };
  const css = readPart(extensionUri, `${name}.css`);
  const styles =
    css === undefined
      ? `<link rel="stylesheet" href="${at('dist', 'webview', `${name}.css`)}">`
      : `<style nonce="${nonce}">${css}</style>`;
  // `watch` gives it effect when it is loaded: the first frame needs no icons. It stands first, as other styles refine it.
  const icons = `<link rel="stylesheet" media="not all" id="vscode-codicon-stylesheet" href="${at('dist', 'webview', 'codicons', 'codicon.css')}">`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  ${script('watch')}
  ${icons}
  ${styles}
  <title>Qiao</title>
</head>
<body>
  <div id="app" data-math-script="${at('dist', 'webview', 'math.js')}">${body}</div>
  ${early === undefined ? '' : script(early)}
  <script type="application/json" id="texts">${texts}</script>
  <script type="module" nonce="${nonce}" src="${at('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}

const read = new Map<string, string>();

/** A file of `dist/webview` that goes into pages, read once; `undefined` when it cannot be read. */
function readPart(extensionUri: vscode.Uri, name: string): string | undefined {
  const file = vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name).fsPath;
  try {
    const text = read.get(file) ?? readFileSync(file, 'utf8');
    read.set(file, text);
    return text;
  } catch {
    return undefined;
  }
}

/** The texts that pages show, as the build lists them; `undefined` when the list cannot be read. */
function listShown(extensionUri: vscode.Uri): readonly string[] | undefined {
  const list = readPart(extensionUri, 'texts.json');
  try {
    return list === undefined ? undefined : JSON.parse(list);
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
