/** Attaches a file: its text, the visible part when it is large, or an image. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { pathOf } from '../../base/host/paths.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { maxFileCharacters, toAttachment, visibleRange, wholeRange } from './documentAttachment.ts';
import { isImageName, maxImageBytes, toImageAttachment, tooLarge } from './images.ts';

/** Limit for a file that is not open. */
export const maxFileBytes = maxFileCharacters;

/** Whether there is a folder at the URI; `false` also when that can't be determined. */
export async function isFolder(uri: vscode.Uri): Promise<boolean> {
  const stat = await statOf(uri);
  return stat !== undefined && (stat.type & vscode.FileType.Directory) !== 0;
}

/** Throws with a message in the user's language when it is gone, binary, or too large and not on screen. */
export async function readUri(uri: vscode.Uri): Promise<Attachment> {
  const path = pathOf(uri);
  if (isImageName(path) && !findOpen(uri)) return await readImage(uri, path);
  const document = await readableDocument(uri);
  if (document.getText().length <= maxFileCharacters)
    return toAttachment(document, wholeRange(document), 'file');
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  if (!editor) throw new UserError(tooLargeText(path));
  return toAttachment(document, visibleRange(editor), 'visible');
}

/** The open document, or the one at the URI. Throws like `readUri`. */
export async function readableDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const open = findOpen(uri);
  if (open?.isDirty || open?.isUntitled) return open;
  const path = pathOf(uri);
  const stat = await statOf(uri);
  const isKnown = vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  // VS Code keeps the document of a deleted file for a while, and creates a new one for a closed untitled document.
  if (!stat && (isKnown || uri.scheme === 'untitled'))
    throw new UserError(l10n.t('“{0}” is no longer there.', path));
  if (open) return open;
  if (stat && stat.size > maxFileBytes) throw new UserError(tooLargeText(path));
  return await openDocument(uri, path);
}

/** The open document, with its unsaved changes. */
export function findOpen(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === wanted,
  );
}

async function readImage(uri: vscode.Uri, path: string): Promise<Attachment> {
  const stat = await statOf(uri);
  if (!stat) throw new UserError(l10n.t('“{0}” is no longer there.', path));
  if (stat.size > maxImageBytes) throw new UserError(tooLarge(path));
  return toImageAttachment(await vscode.workspace.fs.readFile(uri), { path, uri: uri.toString() });
}

async function openDocument(uri: vscode.Uri, path: string): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (cause) {
    // VS Code refuses to open what looks binary, and says so in its own words.
    const isBinary = cause instanceof Error && /binary/i.test(cause.message);
    throw new UserError(
      isBinary
        ? l10n.t('“{0}” is a binary file, which can’t be attached.', path)
        : l10n.t('“{0}” can’t be read.', path),
      { cause },
    );
  }
}

function tooLargeText(path: string): string {
  return l10n.t('“{0}” is larger than 1 MB. Open it and select the part you mean.', path);
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}
