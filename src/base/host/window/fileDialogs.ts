/** Wraps VS Code's file dialogs with escaped texts. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** Like VS Code's `showOpenDialog`. */
export function showOpenDialog(options: vscode.OpenDialogOptions): Thenable<vscode.Uri[] | undefined> {
  const { title = '' } = options;
  return vscode.window.showOpenDialog({ ...options, title: plainLine(title) });
}

/** Like VS Code's `showSaveDialog`. */
export function showSaveDialog(options: vscode.SaveDialogOptions): Thenable<vscode.Uri | undefined> {
  const { title = '' } = options;
  return vscode.window.showSaveDialog({ ...options, title: plainLine(title) });
}
