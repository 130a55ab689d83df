/** Describes a document to the user (file, name, cell, Git revision, whether it is writable), and changes it. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { backingFileOf, cellOf, revisionOf } from './backingFile.ts';
import { pathOf } from './paths.ts';

export interface DocumentInfo {
  /** The file, the notebook of a cell, or the working file of a Git revision. */
  file: vscode.Uri;
  /** For display: `a.ts`, `n.ipynb, cell 3`, `a.ts (HEAD)`; outside the workspace with the absolute path. */
  name: string;
  /** The file lies outside the workspace. */
  outside: boolean;
  cell?: vscode.NotebookCell;
  /** The Git revision that the document shows: `HEAD`, a commit, or a word for “staged”. */
  revision?: string;
}

/** The name of an attachment. Unlike `DocumentInfo.name`, it never contains an absolute path, which is private. */
export function attachedName(document: Pick<vscode.TextDocument, 'uri' | 'isUntitled'>): string {
  const info = documentInfo(document);
  return nameOf(pathOf(info.file), info);
}

/** Uses only the URI and open documents, not the disk. */
export function documentInfo({
  uri,
  isUntitled,
}: Pick<vscode.TextDocument, 'uri' | 'isUntitled'>): DocumentInfo {
  const cell = cellOf(uri);
  const revision = cell ? undefined : revisionOf(uri);
  const file = backingFileOf(uri);
  const outside = !isUntitled && file.scheme !== 'untitled' && !vscode.workspace.getWorkspaceFolder(file);
  const path = outside && file.scheme === 'file' ? file.fsPath : pathOf(file);
  const parts = { ...(cell ? { cell } : {}), ...(revision === undefined ? {} : { revision }) };
  return { file, name: nameOf(path, parts), outside, ...parts };
}

function nameOf(path: string, { cell, revision }: Pick<DocumentInfo, 'cell' | 'revision'>): string {
  if (cell) return l10n.t('{0}, cell {1}', path, cell.index + 1);
  return revision === undefined ? path : `${path} (${revision})`;
}

/** Uses only the URI; `whyNotWritable` also asks the file system. */
export function mayBeWritable(document: vscode.TextDocument): boolean {
  const { file, revision } = documentInfo(document);
  if (revision !== undefined) return false;
  return file.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(file.scheme) === true;
}

/**
 * A sentence in the user's language if the document can't be changed. Does not detect documents that are read-only by
 * setting or in the editor; `changeDocument` does.
 */
export async function whyNotWritable(document: vscode.TextDocument): Promise<string | undefined> {
  const { file, name, cell, revision } = documentInfo(document);
  if (document.isClosed) return l10n.t('{0} is no longer there.', name);
  if (revision !== undefined) return l10n.t('{0} is an earlier state, which can’t be changed.', name);
  if (cell && (cell.index < 0 || cell.notebook.isClosed)) return l10n.t('{0} is no longer there.', name);
  if (!mayBeWritable(document)) return l10n.t('{0} can’t be changed: it is not a file.', name);
  if (file.scheme === 'untitled') return undefined;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(file);
    const readOnly = (permissions & vscode.FilePermission.Readonly) !== 0;
    return readOnly ? readOnlyText(name) : undefined;
  } catch {
    return l10n.t('{0} is no longer there.', name);
  }
}

/** The message after a failed change. */
export function readOnlyText(name: string): string {
  return l10n.t('{0} can’t be changed. It may be read-only.', name);
}

/**
 * Applies the changes in one edit. False if the document does not have the new text afterwards, or is read-only: for such
 * a document VS Code reports success and shows a text that it will not save; the text is then restored.
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
  const { cell } = documentInfo(document);
  if (document.isDirty || document.isUntitled || cell?.notebook.isDirty) return true;
  if (savesByItself()) return true;
  const back = new vscode.WorkspaceEdit();
  back.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), before);
  await vscode.workspace.applyEdit(back);
  return false;
}

/** Shows the document and selects the range; in a notebook it reveals the cell. */
export async function revealRange(document: vscode.TextDocument, selection: vscode.Range): Promise<void> {
  const { cell } = documentInfo(document);
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

/** With Auto Save, a changed document may already be saved and therefore not dirty. */
function savesByItself(): boolean {
  return vscode.workspace.getConfiguration('files').get('autoSave') !== 'off';
}

/** The document's text after the changes, which must not overlap. */
export function textWith(
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
