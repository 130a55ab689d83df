/** What actions on code need to know of documents: how they indent and end lines, what they can hold, where they lie. */

import * as vscode from 'vscode';
import type { Gap } from '../../core/code/fit.ts';
import { type IndentStyle, usesSpaces } from '../../core/code/indentation.ts';
import { staysInside } from '../context/storedAddress.ts';
import { isThere } from '../isThere.ts';

/** The document's text and habits. */
export function gapOf(document: vscode.TextDocument, start: number, end: number): Gap {
  const text = document.getText();
  return { document: text, start, end, eol: eolOf(document), style: styleOf(document, text) };
}

export function eolOf(document: vscode.TextDocument): '\n' | '\r\n' {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

/** Characters of `text` that are lost when the document is saved in its encoding, each once. */
export async function unencodable(text: string, { encoding }: vscode.TextDocument): Promise<string[]> {
  if (/^utf/i.test(encoding)) return [];
  const characters = new Set(text.match(/\P{ASCII}/gu));
  const lost: string[] = [];
  for (const character of characters) {
    const bytes = await vscode.workspace.encode(character, { encoding });
    if ((await vscode.workspace.decode(bytes, { encoding })) !== character) lost.push(character);
  }
  return lost;
}

/** Whether the document is a file that lies in none of the open folders. */
export function isOutside(uri: vscode.Uri): boolean {
  return uri.scheme !== 'untitled' && vscode.workspace.getWorkspaceFolder(uri) === undefined;
}

/** Where a relative path from an answer leads; `exists`: there is a file. */
export interface WorkspaceFile {
  uri: vscode.Uri;
  exists: boolean;
}

/**
 * Resolves a relative path without `..` in the open folders; the folder's own name may come first. A link that leads
 * out of its folder is no file of the workspace. `undefined` when no folder is open.
 */
export async function findInWorkspace(relative: string): Promise<WorkspaceFile | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const candidates = folders.flatMap(({ uri, name }) => {
    const direct = { folder: uri, file: vscode.Uri.joinPath(uri, relative) };
    if (!relative.startsWith(`${name}/`)) return [direct];
    return [direct, { folder: uri, file: vscode.Uri.joinPath(uri, relative.slice(name.length + 1)) }];
  });
  for (const { folder, file } of candidates) {
    if ((await isFile(file)) && (await staysInside([folder], file))) return { uri: file, exists: true };
  }
  for (const { folder, file } of candidates) {
    if (!(await isThere(file)) && (await staysInside([folder], file))) return { uri: file, exists: false };
  }
  return undefined;
}

/** Languages in which a tab is not the same as spaces. */
const strictLanguages: ReadonlySet<string> = new Set(['makefile', 'yaml', 'diff', 'tsv', 'plaintext']);

function styleOf(document: vscode.TextDocument, text: string): IndentStyle | undefined {
  if (strictLanguages.has(document.languageId)) return undefined;
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  const settings = vscode.workspace.getConfiguration('editor', document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  const size = typeof tabSize === 'number' ? tabSize : settings.get<number>('tabSize', 4);
  const spaces =
    typeof insertSpaces === 'boolean' ? insertSpaces : settings.get<boolean>('insertSpaces', true);
  return { insertSpaces: usesSpaces(text) ?? spaces, tabSize: size };
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
