/** Tracks the text editor that the user last worked in, since none may be active while the panel has the focus. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isCode } from './isCode.ts';

export interface LastEditor extends vscode.Disposable {
  /**
   * The active editor, or the last one if a webview or nothing is in front. `undefined` while another kind of tab is in
   * front, such as an image: the user does not mean a file that they do not see.
   */
  get(): vscode.TextEditor | undefined;
}

/** Tracks editors until it is disposed. */
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

/** The file of the active tab that has no text editor: an image or a file that is too large. */
export function fileInFront(): vscode.Uri | undefined {
  const { input } = coveringTab() ?? {};
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile ? input.uri : undefined;
}

/** Why there is no editor: a sentence about the tab in front, or else `usual`. */
export function whyNoEditor(usual: string): string {
  const tab = coveringTab();
  return tab ? l10n.t('“{0}” is in front, and it is not text that can be used here.', tab.label) : usual;
}

/** The active tab, if it shows neither text nor a webview: an image, a file that is too large, settings. */
function coveringTab(): vscode.Tab | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (!tab) return undefined;
  const { input } = tab;
  if (input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputTextDiff) return undefined;
  // VS Code gives extensions no editor for a file that is too large.
  const isText = input instanceof vscode.TabInputText && isShown(input.uri);
  return isText && isCode({ uri: input.uri }) ? undefined : tab;
}

function isShown(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}
