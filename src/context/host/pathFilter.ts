/** Says of many files below one folder whether the user keeps them out, reading each `.gitignore` once. */

import * as vscode from 'vscode';
import { type Excluder, readGlobs, readIgnores, readIgnoresAbove, relativeTo } from './exclusions.ts';
import { parentOf } from './ignoreTree.ts';

/**
 * Asks about a folder before asking about what is in it. Outside of every workspace folder, nothing is kept out.
 * `onRefused`: patterns are too many or too slow to apply; all that they might mean is kept out.
 */
export async function createPathFilter(
  folder: vscode.Uri,
  onRefused: (by: Excluder) => void = () => {},
): Promise<(uri: vscode.Uri, isFolder: boolean) => Promise<boolean>> {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  if (!root) return async () => false;
  const { tree, prefix } = await readIgnoresAbove(root.uri, () => onRefused('.gitignore'));
  const globs = (['qiao.context.exclude', 'files.exclude'] as const).map((by) =>
    readGlobs(by, root, () => onRefused(by)),
  );
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
