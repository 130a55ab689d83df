/** Whether something lies at an address, of whatever kind. */

import * as vscode from 'vscode';

/** `false` for what is not on this machine: to ask for that may take long. */
export async function isGone(uri: vscode.Uri): Promise<boolean> {
  return uri.scheme === 'file' && !(await isThere(uri));
}

/** `false` also when it cannot be asked. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
