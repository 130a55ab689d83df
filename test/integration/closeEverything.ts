/** Leaves nothing open and nothing unsaved. */

import * as vscode from 'vscode';

/**
 * VS Code opens an editor for an unsaved document that has none, most of a second later. Then it would stand in the way
 * of whatever test runs by that time.
 */
export async function closeEverything(): Promise<void> {
  for (let unsaved = findUnsaved(); unsaved; unsaved = findUnsaved()) {
    await vscode.window.showTextDocument(unsaved);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

function findUnsaved(): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ isDirty, isClosed }) => isDirty && !isClosed);
}
