/** What a document is to its user: the file or notebook it belongs to, what it is called, whether it can be changed. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { cellOf, ownerOf, revisionOf } from './owner.ts';
import { pathOf } from './paths.ts';

export interface Place {
  /** The file, or the notebook of a cell; of an earlier state the file as it is now. */
  owner: vscode.Uri;
  /** For people: `a.ts`, `n.ipynb, cell 3`, `a.ts (HEAD)`; outside of the open folders with the whole path. */
  name: string;
  /** It lies in none of the open folders. */
  outside: boolean;
  cell?: vscode.NotebookCell;
  /** The state of Git that it shows: `HEAD`, a commit, or what is staged. */
  revision?: string;
}

/** The name of an attachment: unlike `Place.name`, it never holds an absolute path, which is private. */
export function attachedName(document: Pick<vscode.TextDocument, 'uri' | 'isUntitled'>): string {
  const place = placeOf(document);
  return nameOf(pathOf(place.owner), place);
}

/** Reads the address alone, not the disk. */
export function placeOf({ uri, isUntitled }: Pick<vscode.TextDocument, 'uri' | 'isUntitled'>): Place {
  const cell = cellOf(uri);
  const revision = cell ? undefined : revisionOf(uri);
  const owner = ownerOf(uri);
  const outside = !isUntitled && owner.scheme !== 'untitled' && !vscode.workspace.getWorkspaceFolder(owner);
  const file = outside && owner.scheme === 'file' ? owner.fsPath : pathOf(owner);
  const parts = { ...(cell ? { cell } : {}), ...(revision === undefined ? {} : { revision }) };
  return { owner, name: nameOf(file, parts), outside, ...parts };
}

function nameOf(file: string, { cell, revision }: Pick<Place, 'cell' | 'revision'>): string {
  if (cell) return l10n.t('{0}, cell {1}', file, cell.index + 1);
  return revision === undefined ? file : `${file} (${revision})`;
}

/** Reads the address alone; `whyNotWritable` asks the file system too. */
export function mayBeWritable(document: vscode.TextDocument): boolean {
  const { owner, revision } = placeOf(document);
  if (revision !== undefined) return false;
  return owner.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(owner.scheme) === true;
}

/**
 * A sentence in the user's language where the document cannot be changed. What is only marked as read-only in the settings
 * or in the editor shows when it is tried: see `changeDocument`.
 */
export async function whyNotWritable(document: vscode.TextDocument): Promise<string | undefined> {
  const { owner, name, cell, revision } = placeOf(document);
  if (document.isClosed) return l10n.t('{0} is no longer there.', name);
  if (revision !== undefined) return l10n.t('{0} is an earlier state, which can’t be changed.', name);
  if (cell && (cell.index < 0 || cell.notebook.isClosed)) return l10n.t('{0} is no longer there.', name);
  if (!mayBeWritable(document)) return l10n.t('{0} can’t be changed: it is not a file.', name);
  if (owner.scheme === 'untitled') return undefined;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(owner);
    const readOnly = (permissions & vscode.FilePermission.Readonly) !== 0;
    return readOnly ? readOnlyText(name) : undefined;
  } catch {
    return l10n.t('{0} is no longer there.', name);
  }
}

/** What it is called where it turned out that it cannot be changed. */
export function readOnlyText(name: string): string {
  return l10n.t('{0} can’t be changed. It may be read-only.', name);
}

/**
 * Changes the document in one step. False when it is not as wanted afterwards: VS Code also says that it changed what is
 * read-only, and then shows a text that it will not save.
 */
export async function changeDocument(
  document: vscode.TextDocument,
  changes: readonly { range: vscode.Range; text: string }[],
): Promise<boolean> {
  const before = document.getText();
  const wanted = textWith(document, changes);
  if (unix(before) === unix(wanted)) return true;
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of changes) edit.replace(document.uri, range, text);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  if (unix(document.getText()) !== unix(wanted)) return false;
  const { cell } = placeOf(document);
  if (document.isDirty || document.isUntitled || cell?.notebook.isDirty) return true;
  if (savesByItself()) return true;
  const back = new vscode.WorkspaceEdit();
  back.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), before);
  await vscode.workspace.applyEdit(back);
  return false;
}

/** Shows where the change is; of a notebook its cell. */
export async function showPlace(document: vscode.TextDocument, selection: vscode.Range): Promise<void> {
  const { cell } = placeOf(document);
  if (!cell) {
    await vscode.window.showTextDocument(document, { selection, preview: false });
    return;
  }
  const editor = await vscode.window.showNotebookDocument(cell.notebook, {
    preview: false,
    selections: [new vscode.NotebookRange(cell.index, cell.index + 1)],
  });
  editor.revealRange(editor.selection, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}

/** Then it may be saved, and not changed any more, as soon as it was changed. */
function savesByItself(): boolean {
  return vscode.workspace.getConfiguration('files').get('autoSave') !== 'off';
}

function textWith(
  document: vscode.TextDocument,
  changes: readonly { range: vscode.Range; text: string }[],
): string {
  const all = document.getText();
  let [text, from] = ['', 0];
  for (const { range, text: added } of changes.toSorted((one, other) =>
    one.range.start.compareTo(other.range.start),
  )) {
    text += all.slice(from, document.offsetAt(range.start)) + added;
    from = document.offsetAt(range.end);
  }
  return text + all.slice(from);
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
