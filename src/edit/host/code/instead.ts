/** What can be done where a document cannot be changed: with its working file, or with a new one. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isThere } from '../../../base/host/isThere.ts';
import { placeOf } from '../../../base/host/place.ts';
import { locate } from '../../common/locate.ts';
import type { Dialogs } from './dialogs.ts';

/** A file in an editor, and ranges in it. */
export interface Spot {
  editor: vscode.TextEditor;
  ranges: readonly vscode.Range[];
}

/**
 * Says why the document cannot be changed, and offers the working file of an earlier state. `content`: what else can be
 * opened as a new file, which is done here. True when the working file is wanted.
 */
export async function offerWorkingFile(
  why: string,
  { document, content, dialogs }: { document: vscode.TextDocument; content?: string; dialogs: Dialogs },
): Promise<boolean> {
  const { revision, owner } = placeOf(document);
  const working = l10n.t('Use the Working File');
  const create = l10n.t('Open as a New File');
  const hasWorking = revision !== undefined && (await isThere(owner));
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
 * Shows the working file of an earlier state and selects what stands at these ranges. Where that is not there any more, or
 * more than once, it says so, and the user puts the cursor there.
 */
export async function showWorkingFile(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  dialogs: Dialogs,
): Promise<Spot | undefined> {
  const working = await vscode.workspace.openTextDocument(placeOf(document).owner);
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
    placeOf(working).name,
  );
  await dialogs.ask({ text, choices: [] });
  return undefined;
}

/** By the text from the beginning of its line on; of a cursor, by its line. */
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
