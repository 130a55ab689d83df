/** Questions about a place in the code, as lightbulb, CodeLens and palette ask them. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type LastEditor, whyNoEditor } from '../../base/host/lastEditor.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toAttachment, wholeRange } from '../../context/host/documentAttachment.ts';
import { attachAllFromEditor, attachFromEditor, findSymbol } from '../../context/host/editorContext.ts';
import { problemsOf } from '../../context/host/problems.ts';
import { linesToEdit } from '../../edit/host/editRange.ts';
import { findTestFiles } from '../../prompts/host/testFiles.ts';
import { type AskCommandDependencies, askCommand } from './askCommand.ts';

export interface CodeQuestionDependencies extends AskCommandDependencies {
  lastEditor: Pick<LastEditor, 'get'>;
}

/** What a question is about; without it the editor that was used last, and its selection or cursor. */
export interface Place {
  uri?: vscode.Uri;
  range?: vscode.Range;
}

/** Lines above and below a problem that stands in no symbol. */
const linesAround = 5;

/** Explains what is reported for the lines of the place. Throws when nothing is. */
export async function explainProblem(dependencies: CodeQuestionDependencies, place: Place): Promise<void> {
  const { document, range } = await locate(dependencies, place);
  const problems = problemsOf(toAttachment(document, range, 'selection'));
  if (!problems) throw new UserError(l10n.t('There is no problem at this place.'));
  await askCommand(dependencies, 'explain', [await codeAround(document, range), problems]);
}

export async function explainCode(dependencies: CodeQuestionDependencies, place: Place): Promise<void> {
  await askCommand(dependencies, 'explain', await codeAt(dependencies, place));
}

/** Takes tests of the project along, which show its style. */
export async function writeTests(dependencies: CodeQuestionDependencies, place: Place): Promise<void> {
  const code = await codeAt(dependencies, place);
  const [first] = code;
  await askCommand(dependencies, 'tests', [...code, ...(first ? await findTestFiles(first) : [])]);
}

export async function writeDocumentation(
  dependencies: CodeQuestionDependencies,
  place: Place,
): Promise<void> {
  await askCommand(dependencies, 'doc', await codeAt(dependencies, place));
}

/** The range, else the symbol around it, else the file. */
async function codeAt(dependencies: CodeQuestionDependencies, place: Place): Promise<Attachment[]> {
  if (!place.uri || !place.range) return attachAllFromEditor(editorOf(dependencies));
  const { document, range } = await locate(dependencies, place);
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
  dependencies: CodeQuestionDependencies,
  { uri, range }: Place,
): Promise<{ document: vscode.TextDocument; range: vscode.Range }> {
  if (uri && range) return { document: await vscode.workspace.openTextDocument(uri), range };
  const { document, selection } = editorOf(dependencies);
  return { document, range: selection };
}

function editorOf({ lastEditor }: CodeQuestionDependencies): vscode.TextEditor {
  const editor = lastEditor.get();
  if (!editor) throw new UserError(whyNoEditor(l10n.t('Open a file first: there is no code to ask about.')));
  return editor;
}
