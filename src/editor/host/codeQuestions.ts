/** Asks questions about a place in the code, for the lightbulb, CodeLens and palette. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type LastEditor, whyNoEditor } from '../../base/host/lastEditor.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { type AskDependencies, submitQuestion } from '../../chat/host/ask.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import { toAttachment, wholeRange } from '../../context/host/documentAttachment.ts';
import { attachAllFromEditor, attachFromEditor, findSymbol } from '../../context/host/editorContext.ts';
import { problemsOf } from '../../context/host/problems.ts';
import { linesToEdit } from '../../edit/host/editRange.ts';
import type { SlashCommands } from '../../prompts/host/slashCommand.ts';
import { findTestFiles } from '../../prompts/host/testFiles.ts';

export interface AskCommandDependencies extends AskDependencies {
  commands: Pick<SlashCommands, 'parse'>;
  confirmSend: ConfirmSend;
}

export interface CodeQuestionDependencies extends AskCommandDependencies {
  lastEditor: Pick<LastEditor, 'get'>;
}

/** What a question is about; by default the selection or cursor of the editor that was used last. */
export interface Place {
  uri?: vscode.Uri;
  range?: vscode.Range;
}

/** Lines to attach above and below a problem outside any symbol. */
const linesAround = 5;

/** Asks a slash command in the panel, with these attachments only. Throws like the command's own prompt. */
export async function askCommand(
  dependencies: AskCommandDependencies,
  name: 'explain' | 'tests' | 'doc',
  attachments: readonly Attachment[],
): Promise<void> {
  const question = `/${name}`;
  const command = dependencies.commands.parse(question)?.command;
  if (command?.kind !== 'ask') throw new Error(`There is no command ${question}.`);
  if (!(await dependencies.confirmSend(attachments))) return;
  const prompt = await command.prompt('', attachments);
  if (prompt !== undefined) await submitQuestion(dependencies, { question, prompt, attachments });
}

/** Explains the problems reported for the lines of the place. Throws when there are none. */
export async function explainProblem(dependencies: CodeQuestionDependencies, place: Place): Promise<void> {
  const { document, range } = await locate(dependencies, place);
  const problems = problemsOf(toAttachment(document, range, 'selection'));
  if (!problems) throw new UserError(l10n.t('There is no problem at this place.'));
  await askCommand(dependencies, 'explain', [await codeAround(document, range), problems]);
}

export async function explainCode(dependencies: CodeQuestionDependencies, place: Place): Promise<void> {
  await askCommand(dependencies, 'explain', await codeAt(dependencies, place));
}

/** Attaches tests of the project as examples of its style. */
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

/** Whole lines: the function that contains the problem, else some lines around it. */
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
