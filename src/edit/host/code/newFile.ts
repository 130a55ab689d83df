/** Opens code of an answer as a new, unsaved file in its language. */

import * as vscode from 'vscode';
import { languageOfInfo, toLanguageId } from '../../common/languageIds.ts';

/** `info`: the fence's info string. */
export async function openAsNewFile(code: string, info: string): Promise<vscode.TextEditor> {
  const language = toLanguageId(languageOfInfo(info), await vscode.languages.getLanguages());
  const document = await vscode.workspace.openTextDocument({ content: code, language });
  return vscode.window.showTextDocument(document, { viewColumn: besidePanel(), preview: false });
}

/** A panel that stands in an editor tab stays in sight. */
function besidePanel(): vscode.ViewColumn {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  return input instanceof vscode.TabInputWebview ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
