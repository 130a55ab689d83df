/** Opens code of an answer as an untitled document in its language. */

import * as vscode from 'vscode';
import { languageOfInfo, toLanguageId } from '../../common/languageIds.ts';

/** `info`: the fence's info string. */
export async function openAsNewFile(code: string, info: string): Promise<vscode.TextEditor> {
  const language = toLanguageId(languageOfInfo(info), await vscode.languages.getLanguages());
  const document = await vscode.workspace.openTextDocument({ content: code, language });
  return vscode.window.showTextDocument(document, { viewColumn: besidePanel(), preview: false });
}

/** Keeps a panel in an editor tab visible. */
function besidePanel(): vscode.ViewColumn {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  return input instanceof vscode.TabInputWebview ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
