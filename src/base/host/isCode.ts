/** Distinguishes documents that the user edits from those that VS Code or an extension only displays. */

import type * as vscode from 'vscode';

const displayOnlySchemes = new Set([
  'output',
  'comment',
  'vscode-scm',
  'vscode-chat-code-block',
  'qiao-proposal',
  'search-editor',
]);

/** True for files, untitled documents and notebook cells. */
export function isCode({ uri }: Pick<vscode.TextDocument, 'uri'>): boolean {
  return !displayOnlySchemes.has(uri.scheme);
}
