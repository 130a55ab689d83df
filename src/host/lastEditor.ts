/** The text editor a person last worked in: while the panel has the focus there may be no active one. */

import * as vscode from 'vscode';

export interface LastEditor extends vscode.Disposable {
  get(): vscode.TextEditor | undefined;
}

export function trackLastEditor(): LastEditor {
  let last = vscode.window.activeTextEditor;
  const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor) last = editor;
  });
  return {
    get() {
      const active = vscode.window.activeTextEditor ?? last;
      return active && !active.document.isClosed ? active : undefined;
    },
    dispose: () => subscription.dispose(),
  };
}
