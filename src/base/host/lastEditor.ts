/** The text editor a person last worked in: while the panel has the focus there may be no active one. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isCode } from './isCode.ts';

export interface LastEditor extends vscode.Disposable {
  /**
   * The one in front, or the last one where a page of an extension, or nothing, covers it. `undefined` while something is in
   * front that is no text editor, such as a picture: nobody means a file that they do not see.
   */
  get(): vscode.TextEditor | undefined;
}

export function trackLastEditor(): LastEditor {
  let last: vscode.TextEditor | undefined;
  const take = (editor: vscode.TextEditor | undefined): void => {
    if (editor && isCode(editor.document)) last = editor;
  };
  take(vscode.window.activeTextEditor);
  const subscription = vscode.window.onDidChangeActiveTextEditor(take);
  return {
    get() {
      const { activeTextEditor } = vscode.window;
      const inFront = activeTextEditor && isCode(activeTextEditor.document) ? activeTextEditor : undefined;
      const editor = inFront ?? (coveringTab() ? undefined : last);
      return editor && !editor.document.isClosed ? editor : undefined;
    },
    dispose: () => subscription.dispose(),
  };
}

/** The file in front whose text no editor gives: a picture, or what is too large. */
export function fileInFront(): vscode.Uri | undefined {
  const { input } = coveringTab() ?? {};
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile ? input.uri : undefined;
}

/** Why there is no editor: a sentence about what is in front, else `usual`. */
export function whyNoEditor(usual: string): string {
  const tab = coveringTab();
  return tab ? l10n.t('“{0}” is in front, and it is not text that can be used here.', tab.label) : usual;
}

/** The tab in front when it shows something else than text or a page: a picture, a file that is too large, settings. */
function coveringTab(): vscode.Tab | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (!tab) return undefined;
  const { input } = tab;
  if (input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputTextDiff) return undefined;
  // Of a file that is too large, VS Code gives extensions no editor.
  const isText = input instanceof vscode.TabInputText && isShown(input.uri);
  return isText && isCode({ uri: input.uri }) ? undefined : tab;
}

function isShown(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}
