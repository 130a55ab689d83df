/** Offers the working file or a new file if a document can't be changed. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { documentInfo } from '../../../base/host/documentInfo.ts';
import { pathExists } from '../../../base/host/pathExists.ts';
import { locate } from '../../common/locate.ts';
import type { Dialogs } from './dialogs.ts';

/** An editor and ranges in its document. */
export interface EditorRanges {
  editor: vscode.TextEditor;
  ranges: readonly vscode.Range[];
}

/**
 * Tells why the document can't be changed, and offers the working file of a Git revision. If `content` is given, the user
 * may also open it as a new file. True if they choose the working file.
 */
export async function offerWorkingFile(
  why: string,
  { document, content, dialogs }: { document: vscode.TextDocument; content?: string; dialogs: Dialogs },
): Promise<boolean> {
  const { revision, file } = documentInfo(document);
  const working = l10n.t('Use the Working File');
  const create = l10n.t('Open as a New File');
  const hasWorking = revision !== undefined && (await pathExists(file));
  const choices = [...(hasWorking ? [working] : []), ...(content === undefined ? [] : [create])];
  const choice = await dialogs.ask({ text: why, choices });
  if (choice === create && content !== undefined) {
    const { languageId: language } = document;
    const opened = await vscode.workspace.openTextDocument({ content, language });
    await vscode.window.showTextDocument(opened, { preview: false });
  }
  return choice === working;
}

/**
 * Shows the working file of a Git revision and selects the text of the ranges there. If a text is missing or ambiguous, it
 * asks the user to select the place, and returns `undefined`.
 */
export async function showWorkingFile(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  dialogs: Dialogs,
): Promise<EditorRanges | undefined> {
  const working = await vscode.workspace.openTextDocument(documentInfo(document).file);
  const editor = await vscode.window.showTextDocument(working, { preview: false });
  const found = ranges.map((range) => rangeIn(working, document, range));
  const known = found.filter((range) => range !== undefined);
  const [first] = known;
  if (first && known.length === found.length) {
    editor.selections = known.map(({ start, end }) => new vscode.Selection(start, end));
    editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return { editor, ranges: known };
  }
  const text = l10n.t(
    'This place is not in {0} as it was, or it is there more than once. Select it there and try again.',
    documentInfo(working).name,
  );
  await dialogs.ask({ text, choices: [] });
  return undefined;
}

/** Finds the range by its text, including the start of its line; a cursor by its whole line. */
function rangeIn(
  working: vscode.TextDocument,
  earlier: vscode.TextDocument,
  range: vscode.Range,
): vscode.Range | undefined {
  const { start, end, isEmpty } = range;
  const known = isEmpty
    ? earlier.lineAt(start.line).range
    : new vscode.Range(start.with({ character: 0 }), end);
  const place = locate(working.getText(), earlier.getText(known), start.line);
  if (place.found !== 'once') return undefined;
  const from = working.positionAt(place.start).translate(0, start.character);
  return new vscode.Range(from, isEmpty ? from : working.positionAt(place.end));
}
