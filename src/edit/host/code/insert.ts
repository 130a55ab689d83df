/** Inserts code of an answer into an editor, in one step for Undo. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import {
  changeDocument,
  documentInfo,
  readOnlyText,
  textWith,
  whyNotWritable,
} from '../../../base/host/documentInfo.ts';
import { fitCode } from '../../common/fitCode.ts';
import type { Dialogs } from './dialogs.ts';
import { gapOf, unencodable } from './documents.ts';
import { confirmRunning } from './runWarning.ts';
import { type EditorRanges, offerWorkingFile, showWorkingFile } from './workingFile.ts';

/** Inserts the code at the cursors, or after the selections. */
export async function insertAtCursors(
  code: string,
  editor: vscode.TextEditor,
  dialogs: Dialogs,
): Promise<void> {
  const ranges = editor.selections.map(({ end }) => new vscode.Range(end, end));
  await putCode(code, { editor, ranges, dialogs });
}

/** Replaces the ranges with the code, shows the editor, and selects the inserted code. */
export async function putCode(
  code: string,
  { editor, ranges, dialogs }: EditorRanges & { dialogs: Dialogs },
): Promise<void> {
  const problem = await whyNotWritable(editor.document);
  if (problem !== undefined) {
    const { document } = editor;
    if (!(await offerWorkingFile(problem, { document, content: code, dialogs }))) return;
    const working = await showWorkingFile(document, ranges, dialogs);
    return working && putCode(code, { ...working, dialogs });
  }
  const { version } = editor.document;
  if (!(await confirmEncoding(code, editor.document, dialogs))) return;
  const unindented = ranges.map((range) => ({ range, text: code }));
  const change = {
    uri: documentInfo(editor.document).file,
    before: editor.document.getText(),
    after: textWith(editor.document, unindented),
  };
  if (!(await confirmRunning(change, dialogs))) return;
  const shown = await reveal(editor);
  const { document } = shown;
  // Another file may be in the tab by now, so the editor may show another document.
  if (!isSame(document, editor.document) || document.version !== version) {
    const text = l10n.t('The file has changed in the meantime. Nothing was inserted.');
    await dialogs.ask({ text, choices: [] });
    return;
  }
  const textFor = (start: number, end: number): string => fitCode(code, gapOf(document, start, end));
  if (!(await replaceRanges(shown, ranges, textFor)))
    await offerWorkingFile(readOnlyText(documentInfo(document).name), { document, content: code, dialogs });
}

function isSame(one: vscode.TextDocument, other: vscode.TextDocument): boolean {
  return one.uri.toString() === other.uri.toString();
}

/** Asks before characters are lost in the document's encoding; true to continue. */
export async function confirmEncoding(
  code: string,
  document: vscode.TextDocument,
  dialogs: Dialogs,
): Promise<boolean> {
  const lost = await unencodable(code, document);
  if (lost.length === 0) return true;
  const goOn = l10n.t('Go On');
  const text = l10n.t(
    'The encoding of this file ({0}) has no place for {1}. Saved, they would become question marks.',
    document.encoding,
    lost.slice(0, 10).join(' '),
  );
  return (await dialogs.ask({ text, choices: [goOn], modal: true })) === goOn;
}

async function replaceRanges(
  editor: vscode.TextEditor,
  ranges: readonly vscode.Range[],
  textFor: (start: number, end: number) => string,
): Promise<boolean> {
  const { document } = editor;
  const changes = [...ranges]
    .map((range) => ({ range, start: document.offsetAt(range.start), end: document.offsetAt(range.end) }))
    .sort((one, other) => one.start - other.start)
    .map((change) => ({ ...change, text: textFor(change.start, change.end) }));
  if (!(await changeDocument(document, changes))) return false;
  let shift = 0;
  editor.selections = changes.map(({ start, end, text }) => {
    const first = start + shift;
    shift += text.length - (end - start);
    return new vscode.Selection(document.positionAt(first), document.positionAt(first + text.length));
  });
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

/** VS Code disposes the editor of a hidden tab, so this shows the document again, with its selections. */
async function reveal(editor: vscode.TextEditor): Promise<vscode.TextEditor> {
  const { document, viewColumn, selections } = editor;
  // The editor of a cell exists as long as its notebook is shown.
  if (documentInfo(document).cell) return editor;
  const shown = await vscode.window.showTextDocument(document, {
    viewColumn: viewColumn ?? vscode.ViewColumn.One,
  });
  if (shown !== editor && isSame(shown.document, document)) shown.selections = selections;
  return shown;
}
