/** Wraps VS Code's file dialogs with escaped texts, and saves texts the user exports. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { plainLine } from '../../common/plainText.ts';
import { showInformationMessage } from './messages.ts';

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

export interface SaveOptions {
  /** The proposed file name. */
  name: string;
  filters: Record<string, string[]>;
  title: string;
  /** Called once the user has chosen a place. */
  text(): string;
  /** The folder that is proposed in a window without a workspace. */
  folder?: vscode.Uri;
  /** The message that offers to open the file; without it nothing is shown. */
  saved?(name: string): string;
}

/** Asks for a place and writes the text there as UTF-8. Does nothing if the user cancels. */
export async function saveText({ name, filters, title, text, folder, saved }: SaveOptions): Promise<void> {
  const parent = vscode.workspace.workspaceFolders?.[0]?.uri ?? folder;
  const target = await showSaveDialog({
    defaultUri: parent && vscode.Uri.joinPath(parent, name),
    filters,
    title,
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text()));
  const open = l10n.t('Open');
  const message = saved?.(target.path.split('/').at(-1) ?? '');
  if (message !== undefined && (await showInformationMessage(message, open)) === open)
    await vscode.window.showTextDocument(target);
}
