/** Tells documents a person works on from those that VS Code or an extension made to show something. */

import type * as vscode from 'vscode';

const shown = new Set([
  'output',
  'comment',
  'vscode-scm',
  'vscode-chat-code-block',
  'qiao-proposal',
  'search-editor',
]);

/** Untitled documents and cells of notebooks count as well. */
export function isCode({ uri }: Pick<vscode.TextDocument, 'uri'>): boolean {
  return !shown.has(uri.scheme);
}
