/** VS Code's dialogs for files, behind the gate. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** As VS Code's own. */
export function showOpenDialog(options: vscode.OpenDialogOptions): Thenable<vscode.Uri[] | undefined> {
  const { title = '' } = options;
  return vscode.window.showOpenDialog({ ...options, title: plainLine(title) });
}

/** As VS Code's own. */
export function showSaveDialog(options: vscode.SaveDialogOptions): Thenable<vscode.Uri | undefined> {
  const { title = '' } = options;
  return vscode.window.showSaveDialog({ ...options, title: plainLine(title) });
}
