/** The text editor a person last worked in: while the panel has the focus there may be no active one. */

import * as vscode from 'vscode';
import { proposalScheme } from './code/proposalScheme.ts';

export interface LastEditor extends vscode.Disposable {
  get(): vscode.TextEditor | undefined;
  /** The last one with a document that can be written: no output, no proposal, no old revision. */
  getWritable(): vscode.TextEditor | undefined;
}

export function trackLastEditor(): LastEditor {
  let last = vscode.window.activeTextEditor;
  let lastWritable = isWritable(last) ? last : undefined;
  const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor) last = editor;
    if (isWritable(editor)) lastWritable = editor;
  });
  return {
    get() {
      const active = vscode.window.activeTextEditor ?? last;
      return active && !active.document.isClosed ? active : undefined;
    },
    getWritable() {
      const { activeTextEditor } = vscode.window;
      const editor = isWritable(activeTextEditor) ? activeTextEditor : lastWritable;
      return editor && !editor.document.isClosed ? editor : undefined;
    },
    dispose: () => subscription.dispose(),
  };
}

function isWritable(editor: vscode.TextEditor | undefined): editor is vscode.TextEditor {
  if (!editor) return false;
  const { scheme } = editor.document.uri;
  if (scheme === proposalScheme) return false;
  return scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
