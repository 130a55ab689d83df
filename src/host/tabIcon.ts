/** What stands at the titles of Qiao's tabs; there, unlike in the activity bar, VS Code does not tint an icon. */

import * as vscode from 'vscode';

export function tabIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { light: at('tab-light.svg'), dark: at('tab-dark.svg') };
}
