/** What actions on code need to know of documents: how they indent and end lines, what they can hold, where they lie. */

import * as vscode from 'vscode';
import { isFile, isThere } from '../../../base/host/isThere.ts';
import { staysInside } from '../../../context/host/storedAddress.ts';
import type { Gap } from '../../common/fit.ts';
import { type IndentStyle, usesSpaces } from '../../common/indentation.ts';

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

/** Where a relative path leads, in each of the open folders. */
export interface WorkspaceFiles {
  existing: readonly vscode.Uri[];
  /** Where a new file of this path would lie; at most one in each folder. */
  missing: readonly vscode.Uri[];
}

/**
 * Resolves a relative path without `..`; the folder's own name may come first. A link that leads out of its folder is no
 * file of the workspace.
 */
export async function filesInWorkspace(
  relative: string,
  folders: readonly Pick<vscode.WorkspaceFolder, 'uri' | 'name'>[] = vscode.workspace.workspaceFolders ?? [],
): Promise<WorkspaceFiles> {
  const found = await Promise.all(folders.map(async (folder) => filesInFolder(relative, folder)));
  const named = folders.length > 1 && folders.some(({ name }) => relative.startsWith(`${name}/`));
  return {
    existing: found.flatMap(({ existing }) => existing),
    missing: found.flatMap(({ direct, below }) => (named ? below : [...direct, ...below].slice(0, 1))),
  };
}

async function filesInFolder(
  relative: string,
  { uri, name }: Pick<vscode.WorkspaceFolder, 'uri' | 'name'>,
): Promise<Record<'existing' | 'direct' | 'below', vscode.Uri[]>> {
  const inside = async (path: string): Promise<vscode.Uri[]> => {
    const file = vscode.Uri.joinPath(uri, path);
    return (await staysInside([uri], file).catch(() => false)) ? [file] : [];
  };
  const direct = await inside(relative);
  const below = relative.startsWith(`${name}/`) ? await inside(relative.slice(name.length + 1)) : [];
  const [existing, missing]: [vscode.Uri[], Set<vscode.Uri>] = [[], new Set()];
  for (const file of [...direct, ...below]) {
    if (await isFile(file)) existing.push(file);
    else if (!(await isThere(file))) missing.add(file);
  }
  const onlyMissing = (files: vscode.Uri[]): vscode.Uri[] => files.filter((file) => missing.has(file));
  return { existing, direct: onlyMissing(direct), below: onlyMissing(below) };
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
