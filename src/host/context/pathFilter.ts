/** Says of many files below one folder whether the user keeps them out, reading each `.gitignore` once. */

import * as vscode from 'vscode';
import { readGlobs, readIgnores, readIgnoresAbove, relativeTo } from './exclusions.ts';
import { parentOf } from './ignoreTree.ts';

/** Asks about a folder before asking about what is in it. Outside of every workspace folder, nothing is kept out. */
export async function createPathFilter(
  folder: vscode.Uri,
): Promise<(uri: vscode.Uri, isFolder: boolean) => Promise<boolean>> {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  if (!root) return async () => false;
  const { tree, prefix } = await readIgnoresAbove(root.uri);
  const globs = [readGlobs('qiao.context.exclude', root), readGlobs('files.exclude', root)];
  const read = new Set(['']);
  const readUpTo = async (path: string): Promise<void> => {
    if (read.has(path)) return;
    await readUpTo(parentOf(path));
    read.add(path);
    await readIgnores(tree, vscode.Uri.joinPath(root.uri, path), `${prefix}${path}`);
  };
  return async (uri, isFolder) => {
    const path = relativeTo(root.uri, uri);
    if (!path) return false;
    await readUpTo(parentOf(path));
    return globs.some((test) => test(path)) || tree.ignores(`${prefix}${path}${isFolder ? '/' : ''}`);
  };
}
