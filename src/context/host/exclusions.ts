/** Which files the user keeps out: `.gitignore`, `files.exclude` and `qiao.context.exclude`. */

import * as vscode from 'vscode';
import { pathExists } from '../../base/host/pathExists.ts';
import { joinExclusions } from './exclusionLayers.ts';
import { compileGlobs } from './globs.ts';
import { createIgnoreTree, type IgnoreTree, mostIgnoreBytes } from './ignoreTree.ts';

export type Excluder = '.gitignore' | 'files.exclude' | 'qiao.context.exclude';

export interface Exclusion {
  by: Excluder;
  /** The patterns are too many or too slow to apply: all that they might mean is excluded. */
  isRefused: boolean;
}

/** Reads everything anew. `undefined` for a file that nothing keeps out, and for one outside of every folder. */
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

/** Tests paths relative to the folder against a setting, see `compileGlobs`; a workspace only adds to the user's. */
export function readGlobs(
  setting: string,
  folder: vscode.WorkspaceFolder,
  onRefused?: () => void,
): (path: string) => boolean {
  const configuration = vscode.workspace.getConfiguration(undefined, folder.uri);
  return compileGlobs(joinExclusions(configuration.inspect<unknown>(setting)), onRefused);
}

/**
 * The rules of the folder and of what it lies in, up to the repository's root; `prefix` leads from there into it. Who opens
 * a folder that its repository ignores wants it all the same: only its own rules count then. `onRefused`: see
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
    // In no repository, only the folder's own rules count.
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

/** With `/`; '' for the folder itself, `undefined` for what lies elsewhere. */
export function relativeTo(folder: vscode.Uri, uri: vscode.Uri): string | undefined {
  if (folder.scheme !== uri.scheme || folder.authority !== uri.authority) return undefined;
  if (folder.path === uri.path) return '';
  const start = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.path.startsWith(start) ? uri.path.slice(start.length) : undefined;
}

/** `path`: of the folder, relative to the repository. */
export async function readIgnores(tree: IgnoreTree, folder: vscode.Uri, path: string): Promise<void> {
  const text = await readIgnoreFile(folder);
  if (text === undefined) tree.refuse(path);
  else if (text !== '') tree.set(path, text);
}

/** The folder's `.gitignore`: '' where there is none, `undefined` when it is too large. As in Git, no link is followed. */
export async function readIgnoreFile(folder: vscode.Uri): Promise<string | undefined> {
  const uri = vscode.Uri.joinPath(folder, '.gitignore');
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    // What is no file (a device, a pipe) might never end.
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
