/** Finds the file or notebook behind the URI of a notebook cell or of a Git revision. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isStaged } from './gitApi.ts';

/** The notebook of a cell, the file of a Git revision, or else the URI itself. Does not check whether the file exists. */
export function backingFileOf(uri: vscode.Uri): vscode.Uri {
  const cell = cellOf(uri);
  if (cell) return cell.notebook.uri;
  if (uri.scheme === gitScheme) return fileOf(uri.with({ path: readGitQuery(uri).path ?? uri.path }));
  return uri.scheme === cellScheme ? fileOf(uri) : uri;
}

/** Like `backingFileOf`, but guesses the file for other virtual schemes. Use it only to decide whether to block content. */
export function likelyBackingFileOf(uri: vscode.Uri): vscode.Uri {
  const owner = backingFileOf(uri);
  const isFile = vscode.workspace.fs.isWritableFileSystem(owner.scheme) !== undefined;
  return isFile || owner.scheme === 'untitled' ? owner : fileOf(owner);
}

/** The notebook cell, if its notebook is open. */
export function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  if (uri.fragment === '') return undefined;
  const key = uri.toString();
  for (const notebook of vscode.workspace.notebookDocuments)
    for (const cell of notebook.getCells()) if (cell.document.uri.toString() === key) return cell;
  return undefined;
}

/** The Git revision for display: `HEAD`, a commit, or a word for “staged”. */
export function revisionOf(uri: vscode.Uri): string | undefined {
  if (uri.scheme !== gitScheme) return undefined;
  const { ref } = readGitQuery(uri);
  // VS Code's `~` means the staged text, or `HEAD` if nothing is staged.
  if (ref === '~') return isStaged(backingFileOf(uri)) ? l10n.t('staged') : 'HEAD';
  if (ref === undefined || ref === '') return l10n.t('staged');
  return /^[\da-f]{40}$/.test(ref) ? ref.slice(0, 8) : ref;
}

const cellScheme = 'vscode-notebook-cell';
const gitScheme = 'git';

/** VS Code's Git extension stores path and ref as JSON in the query. */
function readGitQuery({ query }: vscode.Uri): { path?: string; ref?: string } {
  try {
    const { path, ref }: { path?: unknown; ref?: unknown } = JSON.parse(query);
    return {
      ...(typeof path === 'string' ? { path: vscode.Uri.file(path).path } : {}),
      ...(typeof ref === 'string' ? { ref } : {}),
    };
  } catch {
    return {};
  }
}

function fileOf(uri: vscode.Uri): vscode.Uri {
  const { scheme = 'file', authority = '' } = vscode.workspace.workspaceFolders?.[0]?.uri ?? {};
  const path = uri.path.startsWith('/') ? uri.path : `/${uri.path}`;
  return uri.with({ scheme, authority, path, query: '', fragment: '' });
}
