/** Whether something lies at an address, of whatever kind. */

import * as vscode from 'vscode';

/** `false` also when it cannot be asked. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
