/** Leaves nothing open and nothing unsaved. */

import * as vscode from 'vscode';
import { until } from './until.ts';

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
  // The next untitled document gets the name of the last one, and would find its text while VS Code still has that.
  await until(() => vscode.workspace.textDocuments.every(({ isUntitled }) => !isUntitled));
}

function findUnsaved(): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ isDirty, isClosed }) => isDirty && !isClosed);
}
