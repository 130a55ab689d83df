/** Paths as people and models see them. */

import * as vscode from 'vscode';

/** A file outside every folder goes by its name: where it lies on the disk is nobody's business. */
export function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace ? vscode.workspace.asRelativePath(uri) : baseName(uri);
  return path.replaceAll('\\', '/');
}

/** The last part of the URI's path; the whole path where it has no parts. */
export function baseName({ path }: vscode.Uri): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
