/** Takes the mark of being changed off a tab whose text is again what the file holds. */

import * as vscode from 'vscode';

/**
 * Only for the document in front. Reverting to equal bytes changes no text and no Undo; without it VS Code
 * remembers that there were edits.
 */
export async function clearMark(document: vscode.TextDocument): Promise<void> {
  const isInFront = (): boolean => vscode.window.activeTextEditor?.document === document;
  if (!document.isDirty || document.isUntitled || !isInFront()) return;
  const { version } = document;
  if (!(await isOnDisk(document))) return;
  // Typed in the meantime, or another tab in front: then the mark stays, which loses nothing.
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
