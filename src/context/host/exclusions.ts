/** Finds the files that `.gitignore`, `files.exclude` and `qiao.context.exclude` exclude. */

import * as vscode from 'vscode';
import { pathExists } from '../../base/host/pathExists.ts';
import { joinExclusions } from './exclusionLayers.ts';
import { compileGlobs } from './globs.ts';
import { createIgnoreTree, type IgnoreTree, mostIgnoreBytes, parentOf } from './ignoreTree.ts';

export type Excluder = '.gitignore' | 'files.exclude' | 'qiao.context.exclude';

export interface Exclusion {
  by: Excluder;
  /** The patterns are too many or too slow to apply, so all that they might match is excluded. */
  isRefused: boolean;
}

/** Reads settings and files anew. `undefined` for a file that nothing excludes, and for one outside the workspace. */
export async function findExclusion(uri: vscode.Uri): Promise<Exclusion | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  const path = relativeTo(folder.uri, uri);
  if (path === undefined || path === '') return undefined;
  let isRefused = false;
  const onRefused = (): void => {
    isRefused = true;
  };
  for (const by of ['qiao.context.exclude', 'files.exclude'] as const)
    if (readGlobs(by, folder, onRefused)(path)) return { by, isRefused };
  const { tree, prefix } = await readIgnoresAbove(folder.uri, onRefused);
  const parts = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const inside = parts.slice(0, depth).join('/');
    await readIgnores(tree, vscode.Uri.joinPath(folder.uri, inside), `${prefix}${inside}`);
  }
  return tree.ignores(`${prefix}${path}`) ? { by: '.gitignore', isRefused } : undefined;
}

/**
 * Creates a test for many paths below one folder, which reads each `.gitignore` once. Test a folder before its content.
 * Outside the workspace nothing is excluded. `onRefused`: the patterns are too many or too slow; all that they might
 * match is excluded.
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

/** Tests paths relative to the folder against a setting, see `compileGlobs`; see `joinExclusions` for workspaces. */
export function readGlobs(
  setting: string,
  folder: vscode.WorkspaceFolder,
  onRefused?: () => void,
): (path: string) => boolean {
  const configuration = vscode.workspace.getConfiguration(undefined, folder.uri);
  return compileGlobs(joinExclusions(configuration.inspect<unknown>(setting)), onRefused);
}

/**
 * The rules of the folder and of its parents up to the repository's root; `prefix` is the folder's path from there. When
 * the repository ignores the folder, the user has opened it nevertheless, and only its own rules count. `onRefused`: see
 * `createIgnoreTree`.
 */
export async function readIgnoresAbove(
  folder: vscode.Uri,
  onRefused?: () => void,
): Promise<{ tree: IgnoreTree; prefix: string }> {
  const above: vscode.Uri[] = [];
  const lineage = [folder, ...ancestorsOf(folder)];
  for (const uri of lineage) {
    above.push(uri);
    if (await pathExists(vscode.Uri.joinPath(uri, '.git'))) break;
    // Outside a repository only the folder's own rules count.
    if (uri === lineage.at(-1)) above.length = 1;
  }
  const root = above.at(-1) ?? folder;
  const tree = createIgnoreTree(onRefused);
  for (const uri of above) await readIgnores(tree, uri, relativeTo(root, uri) ?? '');
  const prefix = relativeTo(root, folder) ?? '';
  if (prefix !== '' && tree.ignores(`${prefix}/`) && !tree.isRefused) {
    const own = createIgnoreTree(onRefused);
    await readIgnores(own, folder, '');
    return { tree: own, prefix: '' };
  }
  return { tree, prefix: prefix === '' ? '' : `${prefix}/` };
}

/** The path from `folder` to `uri`, with `/`; '' for the folder itself, `undefined` when `uri` is outside. */
export function relativeTo(folder: vscode.Uri, uri: vscode.Uri): string | undefined {
  if (folder.scheme !== uri.scheme || folder.authority !== uri.authority) return undefined;
  if (folder.path === uri.path) return '';
  const start = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.path.startsWith(start) ? uri.path.slice(start.length) : undefined;
}

/** Adds the folder's `.gitignore` to the tree. `path`: of the folder, relative to the repository. */
export async function readIgnores(tree: IgnoreTree, folder: vscode.Uri, path: string): Promise<void> {
  const text = await readIgnoreFile(folder);
  if (text === undefined) tree.refuse(path);
  else if (text !== '') tree.set(path, text);
}

/** The text of the folder's `.gitignore`: '' when there is none, `undefined` when it is too large. Follows no links, like Git. */
export async function readIgnoreFile(folder: vscode.Uri): Promise<string | undefined> {
  const uri = vscode.Uri.joinPath(folder, '.gitignore');
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    // Reading a device or pipe might never end.
    if (type !== vscode.FileType.File) return '';
    if (size > mostIgnoreBytes) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}

function ancestorsOf(uri: vscode.Uri): vscode.Uri[] {
  const parts = uri.path.split('/').filter((part) => part !== '');
  return parts.map((_, index) =>
    uri.with({ path: `/${parts.slice(0, parts.length - 1 - index).join('/')}` }),
  );
}
