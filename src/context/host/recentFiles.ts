/** Tracks the documents that were active in an editor, newest first. */

import * as vscode from 'vscode';

export interface RecentFiles extends vscode.Disposable {
  list(): readonly vscode.Uri[];
}

const most = 50;

/** Starts with the open tabs. */
export function trackRecentFiles(): RecentFiles {
  let recent = [...tabUris()].reverse();
  const touch = (uri: vscode.Uri): void => {
    if (!isFileLike(uri)) return;
    recent = [uri, ...recent.filter((other) => other.toString() !== uri.toString())].slice(0, most);
  };
  const { activeTextEditor } = vscode.window;
  if (activeTextEditor) touch(activeTextEditor.document.uri);
  const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor) touch(editor.document.uri);
  });
  return { list: () => recent, dispose: () => subscription.dispose() };
}

/** The documents of the open tabs in their order, without duplicates; of a diff the modified side. */
export function tabUris(): readonly vscode.Uri[] {
  const found = new Map<string, vscode.Uri>();
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    let uri: vscode.Uri | undefined;
    if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) uri = input.uri;
    else if (input instanceof vscode.TabInputTextDiff) uri = input.modified;
    if (uri && isFileLike(uri)) found.set(uri.toString(), uri);
  }
  return [...found.values()];
}

/** Excludes output, settings pages, revisions of source control and the like. */
function isFileLike({ scheme }: vscode.Uri): boolean {
  return (
    scheme === 'untitled' ||
    (vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined && scheme !== 'git')
  );
}
