/** Puts code of an answer into an editor, as one step that one Undo takes back. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { changeDocument, placeOf, readOnlyText, whyNotWritable } from '../../../base/host/place.ts';
import { fitCode } from '../../common/fit.ts';
import type { Dialogs } from './dialogs.ts';
import { gapOf, unencodable } from './documents.ts';
import { offerWorkingFile, type Spot, showWorkingFile } from './instead.ts';
import { confirmRunning } from './runWarning.ts';

/** At the end of every selection, which with nothing selected is the cursor. */
export async function insertAtCursors(
  code: string,
  editor: vscode.TextEditor,
  dialogs: Dialogs,
): Promise<void> {
  const ranges = editor.selections.map(({ end }) => new vscode.Range(end, end));
  await putCode(code, { editor, ranges, dialogs });
}

/** In the place of these ranges; the editor comes into sight, and what was put in is selected. */
export async function putCode(
  code: string,
  { editor, ranges, dialogs }: Spot & { dialogs: Dialogs },
): Promise<void> {
  const problem = await whyNotWritable(editor.document);
  if (problem !== undefined) {
    const { document } = editor;
    if (!(await offerWorkingFile(problem, { document, content: code, dialogs }))) return;
    const spot = await showWorkingFile(document, ranges, dialogs);
    return spot && putCode(code, { ...spot, dialogs });
  }
  const { version } = editor.document;
  if (!(await confirmEncoding(code, editor.document, dialogs))) return;
  const before = editor.document.getText();
  const change = {
    uri: placeOf(editor.document).owner,
    before,
    after: textWith(code, editor.document, ranges),
  };
  if (!(await confirmRunning(change, dialogs))) return;
  const live = await reveal(editor);
  const { document } = live;
  // VS Code names the editor that its tab holds by then: another file may have come in front of this one.
  if (!isSame(document, editor.document) || document.version !== version) {
    const text = l10n.t('The file has changed in the meantime. Nothing was inserted.');
    await dialogs.ask({ text, choices: [] });
    return;
  }
  const textFor = (start: number, end: number): string => fitCode(code, gapOf(document, start, end));
  if (!(await replaceRanges(live, ranges, textFor)))
    await offerWorkingFile(readOnlyText(placeOf(document).name), { document, content: code, dialogs });
}

function isSame(one: vscode.TextDocument, other: vscode.TextDocument): boolean {
  return one.uri.toString() === other.uri.toString();
}

/** The document's text once the code stands there, but for its indentation. */
function textWith(code: string, document: vscode.TextDocument, ranges: readonly vscode.Range[]): string {
  let [text, from] = ['', 0];
  for (const { start, end } of ranges.toSorted((one, other) => one.start.compareTo(other.start))) {
    text += document.getText().slice(from, document.offsetAt(start)) + code;
    from = document.offsetAt(end);
  }
  return text + document.getText().slice(from);
}

/** Asks before characters get lost; true when it may go on. */
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

/** An editor whose tab lies behind another is gone for VS Code: its document is shown again, with its selections. */
async function reveal(editor: vscode.TextEditor): Promise<vscode.TextEditor> {
  const { document, viewColumn, selections } = editor;
  // That of a cell is there while its notebook is.
  if (placeOf(document).cell) return editor;
  const shown = await vscode.window.showTextDocument(document, {
    viewColumn: viewColumn ?? vscode.ViewColumn.One,
  });
  if (shown !== editor && isSame(shown.document, document)) shown.selections = selections;
  return shown;
}
