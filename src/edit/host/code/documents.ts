/** Reads properties of documents (indentation, line ends, encoding) and resolves paths in the workspace. */

import * as vscode from 'vscode';
import { isFile, pathExists } from '../../../base/host/pathExists.ts';
import { staysInside } from '../../../context/host/storedAddress.ts';
import type { Gap } from '../../common/fitCode.ts';
import { type IndentStyle, usesSpaces } from '../../common/indentation.ts';

/** The range from `start` to `end` (offsets), with the document's text, line ends and indentation. */
export function gapOf(document: vscode.TextDocument, start: number, end: number): Gap {
  const text = document.getText();
  return { document: text, start, end, eol: eolOf(document), style: styleOf(document, text) };
}

export function eolOf(document: vscode.TextDocument): '\n' | '\r\n' {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

/** The distinct characters of `text` that the document's encoding can't represent. */
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

/** The URIs of a relative path in the workspace folders. */
export interface WorkspaceFiles {
  existing: readonly vscode.Uri[];
  /** URIs where a new file of this path would be created; at most one per folder. */
  missing: readonly vscode.Uri[];
}

/**
 * Resolves a relative path without `..`, which may start with the folder's name. Ignores symbolic links that lead out of
 * their folder.
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
    else if (!(await pathExists(file))) missing.add(file);
  }
  const onlyMissing = (files: vscode.Uri[]): vscode.Uri[] => files.filter((file) => missing.has(file));
  return { existing, direct: onlyMissing(direct), below: onlyMissing(below) };
}

/** Languages where tabs and spaces differ in meaning. */
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
