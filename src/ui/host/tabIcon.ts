/** Returns the icons of Qiao's editor tabs, which VS Code does not tint. */

import * as vscode from 'vscode';

/** `running`: with a filled dot; `waiting`, for the user: with a ring. */
export function tabIcon(
  extensionUri: vscode.Uri,
  state: 'idle' | 'running' | 'waiting' = 'idle',
): { light: vscode.Uri; dark: vscode.Uri } {
  const name = state === 'idle' ? 'tab' : `tab-${state}`;
  const at = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', `${name}-${theme}.svg`);
  return { light: at('light'), dark: at('dark') };
}
