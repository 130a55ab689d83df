/** Finds the file, and its part, that the code of an answer belongs to. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { namedPath } from '../../../base/common/namedPath.ts';
import { backingFileOf } from '../../../base/host/backingFile.ts';
import { whyNoEditor } from '../../../base/host/lastEditor.ts';
import type { Attachment } from '../../../chat/common/conversation.ts';
import { parseAddress, usableAddress } from '../../../context/host/storedAddress.ts';
import { languageOfInfo, toLanguageId } from '../../common/languageIds.ts';
import type { Dialogs } from './dialogs.ts';
import { filesInWorkspace } from './documents.ts';

export interface CodeOfAnswer {
  code: string;
  /** The fence's info string. */
  info: string;
  /** The attachments of the turn, or of the last earlier turn that has any. */
  attachments: readonly Attachment[];
}

export interface Target {
  document: vscode.TextDocument;
  /** The code, without a first line that only names the file. */
  code: string;
  /** The part of the document that the question was about. */
  attachment?: Attachment;
  /** The last editor, if it shows the document. */
  editor?: vscode.TextEditor;
}

/** A file in the workspace that an answer names and that does not exist. */
export interface MissingFile {
  missing: vscode.Uri;
  path: string;
  code: string;
}

/**
 * The file that the answer names; else the file of an attachment; else the last editor's. `undefined` if there is none
 * (the user is told) or the user cancelled.
 */
export async function findTarget(
  { code, info, attachments }: CodeOfAnswer,
  editor: vscode.TextEditor | undefined,
  dialogs: Dialogs,
): Promise<Target | MissingFile | undefined> {
  const named = namedPath(info, code);
  if (named) {
    const own = attachments.filter((one) => isOf(one, named.path));
    const stripped = (document: vscode.TextDocument): string =>
      withoutPathLine(code, named.codeStart, document);
    const attachment = await chooseAttachment(own, info, dialogs);
    const document = attachment && (await openAttached(attachment));
    if (document)
      return { document, attachment, editor: editorOf(document, editor), code: stripped(document) };
    const { existing, missing } = await filesInWorkspace(named.path);
    const all = existing.length > 0 ? existing : missing;
    const file = await chooseFile(all, { path: named.path, attachments, dialogs });
    if (file && all === missing)
      return { missing: file, path: named.path, code: code.slice(named.codeStart) };
    if (file) {
      const found = await vscode.workspace.openTextDocument(file);
      return { document: found, editor: editorOf(found, editor), code: stripped(found) };
    }
    // The user cancelled.
    if (all.length > 0) return undefined;
  }
  if (attachments.length > 0) {
    const attachment = await chooseAttachment(attachments, info, dialogs);
    if (!attachment) return undefined;
    const document = await openAttached(attachment);
    if (document) return { document, attachment, editor: editorOf(document, editor), code };
  }
  if (editor) return { document: editor.document, editor, code };
  await dialogs.ask({ text: await reasonForNone(attachments), choices: [] });
  return undefined;
}

/** Whether the attachment belongs to the named file. The URI of a cell has its notebook's path. */
function isOf({ path, uri }: Attachment, named: string): boolean {
  const own = uri.startsWith('vscode-notebook-cell:') ? vscode.Uri.parse(uri).path : path;
  return own === named || own.endsWith(`/${named}`);
}

async function reasonForNone(attachments: readonly Attachment[]): Promise<string> {
  for (const attachment of attachments) {
    if (attachment.uri !== '' && !(await usableAddress(attachment)))
      return l10n.t(
        'The file of “{0}” lies outside this workspace and was not attached in this window, so it is not changed. Open it in an editor to change it.',
        attachment.path,
      );
  }
  return whyNoEditor(l10n.t('This code names no file, and no editor is open.'));
}

/** The document of an attachment, if it still exists and may be used. */
export async function openAttached(attachment: Attachment): Promise<vscode.TextDocument | undefined> {
  const target = await usableAddress(attachment);
  if (!target) return undefined;
  const { uri } = attachment;
  const known = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (known) return known;
  try {
    // A closed untitled document would reopen empty.
    if (target.scheme === 'untitled') return undefined;
    // A cell's document exists only while its notebook is open.
    if (target.scheme === 'vscode-notebook-cell')
      await vscode.workspace.openNotebookDocument(backingFileOf(target));
    return await vscode.workspace.openTextDocument(target);
  } catch {
    return undefined;
  }
}

/** Of several attachments, the only one in the code's language; otherwise asks the user. */
async function chooseAttachment(
  attachments: readonly Attachment[],
  info: string,
  dialogs: Dialogs,
): Promise<Attachment | undefined> {
  if (attachments.length < 2) return attachments[0];
  const language = toLanguageId(languageOfInfo(info), await vscode.languages.getLanguages());
  const alike = attachments.filter(({ languageId }) => languageId === language);
  if (alike.length === 1) return alike[0];
  const items = attachments.map((attachment) => ({
    label: attachment.path,
    description: l10n.t('lines {0}–{1}', attachment.startLine, attachment.endLine),
    attachment,
  }));
  return (await dialogs.pick(items, l10n.t('Which file does this code belong to?')))?.attachment;
}

/** Of files in several folders, the only one in an attachment's folder; otherwise asks the user. */
export async function chooseFile(
  files: readonly vscode.Uri[],
  { path, attachments, dialogs }: { path: string; attachments: readonly Attachment[]; dialogs: Dialogs },
  folderOf: (uri: vscode.Uri) => Pick<vscode.WorkspaceFolder, 'uri' | 'name'> | undefined = (uri) =>
    vscode.workspace.getWorkspaceFolder(uri),
): Promise<vscode.Uri | undefined> {
  if (files.length < 2) return files[0];
  const addresses = attachments.map(({ uri }) => parseAddress(uri)).filter((uri) => uri !== undefined);
  const asked = new Set(addresses.map((uri) => folderOf(backingFileOf(uri))?.uri.toString()));
  const near = files.filter((file) => asked.has(folderOf(file)?.uri.toString() ?? ''));
  if (near.length === 1) return near[0];
  const items = (near.length > 0 ? near : files).map((uri) => {
    const folder = folderOf(uri);
    return {
      label: folder?.name ?? path,
      description: uri.path.slice((folder?.uri.path.length ?? 0) + 1),
      uri,
    };
  });
  return (await dialogs.pick(items, l10n.t('In which folder is {0} meant?', path)))?.uri;
}

function editorOf(
  document: vscode.TextDocument,
  editor: vscode.TextEditor | undefined,
): vscode.TextEditor | undefined {
  return editor?.document === document ? editor : undefined;
}

/** Removes the line that names the path, unless the document starts with the same line. */
function withoutPathLine(code: string, codeStart: number, document: vscode.TextDocument): string {
  const line = code.slice(0, codeStart).trim();
  return line !== '' && document.lineAt(0).text.trim() === line ? code : code.slice(codeStart);
}
