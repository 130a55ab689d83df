/** Which file or notebook an address belongs to: that of a cell, or of an earlier state in Git, names none by itself. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isStaged } from './gitApi.ts';

/** The address itself, unless it is a cell's or a state's in Git. Whether there is such a file is not looked at. */
export function ownerOf(uri: vscode.Uri): vscode.Uri {
  const cell = cellOf(uri);
  if (cell) return cell.notebook.uri;
  if (uri.scheme === gitScheme) return fileOf(uri.with({ path: readGitQuery(uri).path ?? uri.path }));
  return uri.scheme === cellScheme ? fileOf(uri) : uri;
}

/** What the address looks like a file of, for questions of secrecy alone: other extensions show states of files, too. */
export function likelyOwnerOf(uri: vscode.Uri): vscode.Uri {
  const owner = ownerOf(uri);
  const isFile = vscode.workspace.fs.isWritableFileSystem(owner.scheme) !== undefined;
  return isFile || owner.scheme === 'untitled' ? owner : fileOf(owner);
}

/** The cell, while its notebook is open. */
export function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  if (uri.fragment === '') return undefined;
  const key = uri.toString();
  for (const notebook of vscode.workspace.notebookDocuments)
    for (const cell of notebook.getCells()) if (cell.document.uri.toString() === key) return cell;
  return undefined;
}

/** For people: `HEAD`, a commit, or that it is what is staged. */
export function revisionOf(uri: vscode.Uri): string | undefined {
  if (uri.scheme !== gitScheme) return undefined;
  const { ref } = readGitQuery(uri);
  // VS Code means by it what is staged, and without that the last commit.
  if (ref === '~') return isStaged(ownerOf(uri)) ? l10n.t('staged') : 'HEAD';
  if (ref === undefined || ref === '') return l10n.t('staged');
  return /^[\da-f]{40}$/.test(ref) ? ref.slice(0, 8) : ref;
}

const cellScheme = 'vscode-notebook-cell';
const gitScheme = 'git';

/** VS Code's Git extension writes path and state into the query. */
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
