/** Questions about a place in the code, as lightbulb, CodeLens and palette ask them. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { AppParts } from '../../app.ts';
import { whyNoEditor } from '../../base/host/lastEditor.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toAttachment, wholeRange } from '../../context/host/documentAttachment.ts';
import { attachAllFromEditor, attachFromEditor, findSymbol } from '../../context/host/editorContext.ts';
import { problemsOf } from '../../context/host/problems.ts';
import { linesToEdit } from '../../edit/host/editRange.ts';
import { findTestFiles } from '../../prompts/host/testFiles.ts';
import { askCommand } from './askCommand.ts';

/** What a question is about; without it the editor that was used last, and its selection or cursor. */
export interface Place {
  uri?: vscode.Uri;
  range?: vscode.Range;
}

/** Lines above and below a problem that stands in no symbol. */
const linesAround = 5;

/** Explains what is reported for the lines of the place. Throws when nothing is. */
export async function explainProblem(parts: AppParts, place: Place): Promise<void> {
  const { document, range } = await locate(parts, place);
  const problems = problemsOf(toAttachment(document, range, 'selection'));
  if (!problems) throw new UserError(l10n.t('There is no problem at this place.'));
  await askCommand(parts, 'explain', [await codeAround(document, range), problems]);
}

export async function explainCode(parts: AppParts, place: Place): Promise<void> {
  await askCommand(parts, 'explain', await codeAt(parts, place));
}

/** Takes tests of the project along, which show its style. */
export async function writeTests(parts: AppParts, place: Place): Promise<void> {
  const code = await codeAt(parts, place);
  const [first] = code;
  await askCommand(parts, 'tests', [...code, ...(first ? await findTestFiles(first) : [])]);
}

export async function writeDocumentation(parts: AppParts, place: Place): Promise<void> {
  await askCommand(parts, 'doc', await codeAt(parts, place));
}

/** The range, else the symbol around it, else the file. */
async function codeAt(parts: AppParts, place: Place): Promise<Attachment[]> {
  if (!place.uri || !place.range) return attachAllFromEditor(editorOf(parts));
  const { document, range } = await locate(parts, place);
  const symbol = await findSymbol(document, range.start);
  if (symbol && (range.isEmpty || range.isEqual(symbol.range)))
    return [{ ...toAttachment(document, symbol.range, 'symbol'), symbol: symbol.name }];
  if (!range.isEmpty) return [toAttachment(document, range, 'selection')];
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  return [editor ? await attachFromEditor(editor) : toAttachment(document, wholeRange(document), 'file')];
}

/** Whole lines: the function a problem stands in, else some lines around it. */
async function codeAround(document: vscode.TextDocument, range: vscode.Range): Promise<Attachment> {
  const { first, count } = await linesToEdit(document, new vscode.Range(range.start, range.start));
  const isLine = count < 2;
  const start = isLine ? Math.max(0, range.start.line - linesAround) : Math.min(first, range.start.line);
  const end = isLine ? range.end.line + linesAround : Math.max(first + count - 1, range.end.line);
  return toAttachment(document, new vscode.Range(start, 0, end, Number.MAX_SAFE_INTEGER), 'selection');
}

async function locate(
  parts: AppParts,
  { uri, range }: Place,
): Promise<{ document: vscode.TextDocument; range: vscode.Range }> {
  if (uri && range) return { document: await vscode.workspace.openTextDocument(uri), range };
  const { document, selection } = editorOf(parts);
  return { document, range: selection };
}

function editorOf({ lastEditor }: AppParts): vscode.TextEditor {
  const editor = lastEditor.get();
  if (!editor) throw new UserError(whyNoEditor(l10n.t('Open a file first: there is no code to ask about.')));
  return editor;
}
