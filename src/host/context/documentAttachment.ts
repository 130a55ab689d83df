/** A stretch of a document as an attachment. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation.ts';

/** The range may reach beyond the document. */
export function toAttachment(
  document: vscode.TextDocument,
  wanted: vscode.Range,
  kind: Attachment['kind'],
): Attachment {
  const range = document.validateRange(wanted);
  return {
    id: randomUUID(),
    kind,
    path: pathOf(document.uri),
    uri: document.uri.toString(),
    languageId: document.languageId,
    startLine: range.start.line + 1,
    endLine: range.end.line + 1,
    text: document.getText(range),
  };
}

/** What has no lines of its own in a document. `path` says what it is, in the user's language. */
export function toLooseAttachment(
  kind: Attachment['kind'],
  path: string,
  text: string,
  more: Partial<Pick<Attachment, 'uri' | 'languageId'>> = {},
): Attachment {
  return { id: randomUUID(), kind, path, uri: '', languageId: '', startLine: 0, endLine: 0, text, ...more };
}

/** Without the empty line after the last line break, which is no line to a reader. */
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

/** A file outside every folder goes by its name: where it lies on the disk is nobody's business. */
export function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace ? vscode.workspace.asRelativePath(uri) : baseName(uri);
  return path.replaceAll('\\', '/');
}

/** The last part of the URI's path; the whole path where it has no parts. */
export function baseName({ path }: vscode.Uri): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
