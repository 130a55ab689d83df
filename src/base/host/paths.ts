/** Paths as people and models see them. */

import * as vscode from 'vscode';

/** The path within the open folders; of a file outside them the name alone, as the absolute path is private. */
export function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace ? vscode.workspace.asRelativePath(uri) : baseName(uri);
  return path.replaceAll('\\', '/');
}

/** The last part of the URI's path; the whole path where it has no parts. */
export function baseName({ path }: vscode.Uri): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
