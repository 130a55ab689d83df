/** Proposes code of an answer as a change of the file it belongs to (*Apply*). */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { documentInfo, whyNotWritable } from '../../../base/host/documentInfo.ts';
import { fitCode, fitWholeFile } from '../../common/fitCode.ts';
import { locate } from '../../common/locate.ts';
import { looksLikePiece, looksLikeWholeFile } from '../../common/wholeFile.ts';
import type { Dialogs } from './dialogs.ts';
import { gapOf } from './documents.ts';
import type { Build, Proposals } from './proposals.ts';
import { runWarning } from './runWarning.ts';
import { type CodeOfAnswer, findTarget, type MissingFile, type Target } from './target.ts';
import { offerWorkingFile } from './workingFile.ts';

export interface ApplyDependencies {
  dialogs: Dialogs;
  proposals: Proposals;
}

/** Shows the change as a diff; writes nothing. */
export async function applyCode(
  answer: CodeOfAnswer,
  editor: vscode.TextEditor | undefined,
  { dialogs, proposals }: ApplyDependencies,
): Promise<void> {
  const found = await findTarget(answer, editor, dialogs);
  if (!found) return;
  if ('missing' in found) return offerNewFile(found, dialogs);
  const target = await changeable(found, dialogs);
  if (!target) return;
  const build =
    placeFor(target) ??
    (await askForPlace(
      target,
      dialogs,
      l10n.t('It can’t be told which part of {0} this code replaces.', nameOf(target)),
    ));
  if (!build || (await proposals.show(target.document, build))) return;
  const lost = l10n.t(
    'The code you asked about is no longer in {0} as it was, or it is there more than once.',
    nameOf(target),
  );
  const other = await askForPlace(target, dialogs, lost);
  if (other) await proposals.show(target.document, other);
}

/** For a Git revision the working file, if the user agrees; `undefined` if they decline. */
async function changeable(target: Target, dialogs: Dialogs): Promise<Target | undefined> {
  const { document, code } = target;
  const { file, revision } = documentInfo(document);
  const problem = revision === undefined ? undefined : await whyNotWritable(document);
  if (problem === undefined) return target;
  if (!(await offerWorkingFile(problem, { document, content: code, dialogs }))) return undefined;
  return { ...target, document: await vscode.workspace.openTextDocument(file) };
}

/** How to build the new text, if the place of the code is clear. */
function placeFor(target: Target): Build | undefined {
  const { attachment, code, document, editor } = target;
  const text = document.getText();
  if (attachment?.kind === 'file') return looksLikePiece(code, text) ? undefined : wholeFile(target);
  if (looksLikeWholeFile(code, text)) return wholeFile(target);
  if (attachment) return inPlaceOf(target, attachment.text, attachment.startLine - 1);
  if (!editor || editor.selection.isEmpty) return undefined;
  return inPlaceOf(target, editor.document.getText(editor.selection), editor.selection.start.line);
}

async function askForPlace(target: Target, dialogs: Dialogs, text: string): Promise<Build | undefined> {
  const whole = l10n.t('Compare with the Whole File');
  const cursor = l10n.t('Insert at Cursor');
  // A cursor in a Git revision is no position in the working file.
  const editor = target.editor?.document === target.document ? target.editor : undefined;
  const choice = await dialogs.ask({ text, choices: editor ? [whole, cursor] : [whole] });
  if (choice === whole) return wholeFile(target);
  return choice === cursor && editor ? atPosition(target, editor.selection.end) : undefined;
}

function wholeFile({ code, document }: Target): Build {
  return (text) => fitWholeFile(code, { ...gapOf(document, 0, 0), document: text });
}

function inPlaceOf({ code, document }: Target, old: string, line: number): Build {
  return (text) => {
    const place = locate(text, old, line);
    if (place.found !== 'once') return undefined;
    const { start, end } = place;
    const fitted = fitCode(code, { ...gapOf(document, start, end), document: text });
    return text.slice(0, start) + fitted + text.slice(end);
  };
}

function atPosition({ code, document }: Target, position: vscode.Position): Build {
  return (text) => {
    const offset = document.offsetAt(document.validatePosition(position));
    const fitted = fitCode(code, { ...gapOf(document, offset, offset), document: text });
    return text.slice(0, offset) + fitted + text.slice(offset);
  };
}

/** Opens an untitled document with the file's path; the user decides whether to save it. */
async function offerNewFile({ missing, path, code }: MissingFile, dialogs: Dialogs): Promise<void> {
  const create = l10n.t('Open as a New File');
  const warning = await runWarning({ uri: missing, before: '', after: code });
  const missingText = l10n.t('There is no {0} in this workspace.', path);
  const text = warning === undefined ? missingText : `${missingText} ${warning}`;
  if ((await dialogs.ask({ text, choices: [create] })) !== create) return;
  const uri = missing.with({ scheme: 'untitled' });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  // The document may be open already, with the user's text.
  if (document.getText() !== '') return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), `${code}\n`);
  await vscode.workspace.applyEdit(edit);
}

function nameOf({ document }: Target): string {
  return documentInfo(document).name;
}
