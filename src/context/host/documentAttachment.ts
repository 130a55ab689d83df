/** Creates attachments from ranges of documents. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { attachedName } from '../../base/host/documentInfo.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { noteAttached } from './storedAddress.ts';

/** Limit in characters; a larger file is not attached whole. */
export const maxFileCharacters = 1024 * 1024;

/** The visible lines of a minified file may be the whole file; the same limit as for a diff. */
const maxVisibleCharacters = 100_000;

/** The range may reach beyond the document; a range that is too long is cut at its end. */
export function toAttachment(
  document: vscode.TextDocument,
  wanted: vscode.Range,
  kind: Attachment['kind'],
): Attachment {
  const { range, cutCharacters } = cut(document, document.validateRange(wanted), kind);
  noteAttached(document.uri.toString());
  return {
    id: randomUUID(),
    kind,
    path: attachedName(document),
    uri: document.uri.toString(),
    languageId: document.languageId,
    startLine: range.start.line + 1,
    endLine: range.end.line + 1,
    text: document.getText(range),
    ...(cutCharacters > 0 ? { cutCharacters } : {}),
  };
}

/** Creates an attachment without lines in a document. `path` is a title in the user's language. */
export function toLooseAttachment(
  kind: Attachment['kind'],
  path: string,
  text: string,
  more: Partial<Pick<Attachment, 'uri' | 'languageId'>> = {},
): Attachment {
  noteAttached(more.uri ?? '');
  return { id: randomUUID(), kind, path, uri: '', languageId: '', startLine: 0, endLine: 0, text, ...more };
}

/** The whole document, without the empty line after the last line break. */
export function wholeRange(document: vscode.TextDocument): vscode.Range {
  const last = document.lineAt(document.lineCount - 1);
  const end = last.text === '' && last.lineNumber > 0 ? last.lineNumber - 1 : last.lineNumber;
  return document.validateRange(new vscode.Range(0, 0, end, Number.MAX_SAFE_INTEGER));
}

/** The lines on screen, whole. */
export function visibleRange(editor: vscode.TextEditor): vscode.Range {
  const visible = editor.visibleRanges[0] ?? wholeRange(editor.document);
  return new vscode.Range(visible.start.line, 0, visible.end.line, Number.MAX_SAFE_INTEGER);
}

/** Whole files are not cut: the callers check the size or need all of it. */
function cut(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: Attachment['kind'],
): { range: vscode.Range; cutCharacters: number } {
  if (kind === 'file') return { range, cutCharacters: 0 };
  const room = kind === 'visible' ? maxVisibleCharacters : maxFileCharacters;
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  if (end - start <= room) return { range, cutCharacters: 0 };
  const head = new vscode.Range(range.start, document.positionAt(start + room));
  // Do not cut a surrogate pair.
  const kept = /[\uD800-\uDBFF]$/.test(document.getText(head).slice(-1)) ? room - 1 : room;
  return {
    range: new vscode.Range(range.start, document.positionAt(start + kept)),
    cutCharacters: end - start - kept,
  };
}
