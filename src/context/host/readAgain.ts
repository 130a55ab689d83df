/** Reads the sources of an attachment again. */

import * as vscode from 'vscode';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toAttachment } from './documentAttachment.ts';
import { readFolderAgain } from './folder.ts';
import type { Origins } from './origins.ts';
import { readFileProblems } from './problems.ts';
import { readableDocument, readUri } from './readUri.ts';
import { usableAddress } from './storedAddress.ts';
import { attachSymbolAgain } from './symbols.ts';

/**
 * Makes an attachment again, keeping its id. `undefined` when its source is gone or can't be read; an attachment that
 * can't be made again, such as a terminal selection, is returned unchanged.
 */
export async function readAgain(attachment: Attachment, origins: Origins): Promise<Attachment | undefined> {
  const { id } = attachment;
  try {
    const origin = origins.of(attachment);
    const made = origin ? await origin.again() : await readFromUri(attachment, origins);
    if (!made) return undefined;
    const again = { ...made, id };
    const newOrigin = origins.of(made);
    return newOrigin ? origins.remember(again, newOrigin) : again;
  } catch {
    return undefined;
  }
}

/** For an attachment from an earlier session, or made of a document. */
async function readFromUri(attachment: Attachment, origins: Origins): Promise<Attachment | undefined> {
  if (attachment.uri === '') return attachment;
  const uri = await usableAddress(attachment);
  if (!uri) return undefined;
  switch (attachment.kind) {
    case 'file':
    case 'image':
      return await readUri(uri);
    case 'folder':
      return await readFolderAgain(uri, origins);
    case 'problems':
      return await readFileProblems(uri, origins);
    case 'symbol': {
      const line = attachment.startLine - 1;
      return attachment.symbol === undefined
        ? attachment
        : await attachSymbolAgain(uri, attachment.symbol, line);
    }
    default:
      return await readLines(attachment, uri);
  }
}

/** Reads the same lines; keeps the exact text of a partial selection when the lines still contain it. */
async function readLines(attachment: Attachment, uri: vscode.Uri): Promise<Attachment | undefined> {
  const document = await readableDocument(uri);
  const { startLine, endLine, kind, path } = attachment;
  if (startLine > document.lineCount) return undefined;
  const range = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
  const made = { ...toAttachment(document, range, kind), path };
  const { text, cutCharacters } = attachment;
  return text !== '' && document.getText(range).includes(text) ? { ...made, text, cutCharacters } : made;
}
