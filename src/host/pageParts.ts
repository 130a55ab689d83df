/** What the pages of webviews are put together from. */

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface PageParts {
  /** For the policy and the scripts of one page; another one for each. */
  nonce: string;
  /** The address of a file of the extension, by the parts of its path. */
  at(...path: string[]): string;
}

export function createPageParts(webview: vscode.Webview, extensionUri: vscode.Uri): PageParts {
  return {
    nonce: randomBytes(16).toString('base64'),
    at: (...path) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString(),
  };
}
