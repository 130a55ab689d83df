/** Formats paths for users and models. */

import * as vscode from 'vscode';

/** The path relative to the workspace; outside it only the file name, since absolute paths are private. */
export function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace ? vscode.workspace.asRelativePath(uri) : baseName(uri);
  return path.replaceAll('\\', '/');
}

/** The last segment of the URI's path, or the whole path if it has none. */
export function baseName({ path }: vscode.Uri): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
