/** Clears the dirty state of a document whose text equals its file again. */

import * as vscode from 'vscode';

/**
 * Reverts the active document if its bytes equal the file's; this changes neither its text nor Undo. VS Code alone would keep
 * it dirty.
 */
export async function clearDirtyState(document: vscode.TextDocument): Promise<void> {
  const isInFront = (): boolean => vscode.window.activeTextEditor?.document === document;
  if (!document.isDirty || document.isUntitled || !isInFront()) return;
  const { version } = document;
  if (!(await isOnDisk(document))) return;
  // Stay dirty if the user typed or changed the tab meanwhile.
  if (document.version === version && isInFront())
    await vscode.commands.executeCommand('workbench.action.files.revert');
}

async function isOnDisk(document: vscode.TextDocument): Promise<boolean> {
  try {
    const [onDisk, own] = await Promise.all([
      vscode.workspace.fs.readFile(document.uri),
      vscode.workspace.encode(document.getText(), { encoding: document.encoding }),
    ]);
    return Buffer.compare(onDisk, own) === 0;
  } catch {
    return false;
  }
}
