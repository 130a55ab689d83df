/** Lists the files of a workspace folder that may be offered, without the excluded ones. */

import * as vscode from 'vscode';
import {
  type Excluder,
  readGlobs,
  readIgnoreFile,
  readIgnores,
  readIgnoresAbove,
  relativeTo,
} from './exclusions.ts';
import { createPause } from './fileRanking.ts';
import { type IgnoreTree, parentOf, plainNames } from './ignoreTree.ts';
import { isFolder } from './readUri.ts';
import { findRipgrep, listWithRipgrep } from './ripgrep.ts';

export interface ListOptions {
  /** The patterns are too many or too slow; nothing that they might match is offered. */
  onRefused(by: Excluder): void;
  /** Takes files that may be offered, relative to the folder, with `/`. The listing waits for it. */
  offer(paths: readonly string[]): Promise<void>;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
  signal: AbortSignal;
}

/** Of created files and folders, the files that may be offered too. */
export type AmongCreated = (uris: readonly vscode.Uri[]) => Promise<string[]>;

/** Further files are not offered; the user can drop them. */
const mostFiles = 200_000;
/** Limit for `.gitignore` files; files in folders of further ones are not offered. */
const mostIgnoreFiles = 10_000;

/**
 * VS Code applies `files.exclude`, except what a workspace lifts. Ends early when `signal` is aborted. Rejects when VS
 * Code can't list the folder.
 */
export async function listFolder(
  folder: vscode.WorkspaceFolder,
  { onRefused, offer, log, signal }: ListOptions,
): Promise<AmongCreated> {
  const { tree, prefix } = await readIgnoresAbove(folder.uri, () => onRefused('.gitignore'));
  // Tell VS Code the plain names, so that it does not list all of `node_modules`.
  const names = ['.git', ...plainNames((await readIgnoreFile(folder.uri)) ?? '')];
  const left = `**/{${names.join(',')}${names.length === 1 ? ',.git' : ''}}/**`;
  const isExcluded = readGlobs('qiao.context.exclude', folder, () => onRefused('qiao.context.exclude'));
  const isHidden = readGlobs('files.exclude', folder, () => onRefused('files.exclude'));
  const mayOffer = (path: string): boolean =>
    !isExcluded(path) && !isHidden(path) && !tree.ignores(`${prefix}${path}`);
  const find = async (glob: string): Promise<string[]> => {
    const listed = await vscode.workspace.findFiles(
      new vscode.RelativePattern(folder, glob),
      left,
      mostFiles,
    );
    const paths: string[] = [];
    const pause = createPause();
    for (const uri of listed) {
      const path = relativeTo(folder.uri, uri);
      if (path) paths.push(path);
      await pause();
    }
    return paths;
  };
  const offerAllowed = async (paths: readonly string[]): Promise<void> => {
    const pause = createPause();
    const allowed: string[] = [];
    for (const path of paths) {
      if (mayOffer(path)) allowed.push(path);
      await pause();
    }
    if (!signal.aborted) await offer(allowed);
  };
  const readRules = async (paths: readonly string[]): Promise<void> => {
    const withRules = paths.filter((path) => path.endsWith('/.gitignore')).map(parentOf);
    for (const [index, inside] of withRules.entries())
      await readRulesIn(folder, { tree, inside, prefix, isOverLimit: index >= mostIgnoreFiles });
  };
  const ripgrep = await ripgrepFor(folder);
  let isListed = false;
  if (ripgrep) {
    // All rules must be known before the first file is offered.
    await readRules(await find('**/.gitignore'));
    let count = 0;
    try {
      const globs = [`!${left}`];
      for await (const paths of listWithRipgrep({
        program: ripgrep,
        folder: folder.uri.fsPath,
        globs,
        follow: vscode.workspace.getConfiguration('search', folder.uri).get<boolean>('followSymlinks', true),
        signal,
      })) {
        await offerAllowed(paths.slice(0, mostFiles - count));
        count += paths.length;
        if (count >= mostFiles) break;
      }
      isListed = true;
    } catch (error) {
      if (!signal.aborted) log.warn(`VS Code lists the files, as ripgrep did not: ${error}`);
    }
  }
  if (!isListed && !signal.aborted) {
    const all = await find('**/*');
    await readRules(all);
    await offerAllowed(all);
  }
  return async (uris) => {
    const added: string[] = [];
    for (const uri of uris) {
      const path = relativeTo(folder.uri, uri);
      if (!path || isHidden(path)) continue;
      // For a moved folder, VS Code reports only the folder.
      const inside = (await isFolder(uri))
        ? await vscode.workspace.findFiles(new vscode.RelativePattern(uri, '**/*'), '**/.git/**', mostFiles)
        : [uri];
      added.push(...inside.flatMap((file) => relativeTo(folder.uri, file) ?? []));
    }
    return added.filter((path) => !path.startsWith('.git/') && mayOffer(path));
  };
}

async function readRulesIn(
  folder: vscode.WorkspaceFolder,
  {
    tree,
    inside,
    prefix,
    isOverLimit,
  }: { tree: IgnoreTree; inside: string; prefix: string; isOverLimit: boolean },
): Promise<void> {
  const path = `${prefix}${inside}`;
  if (isOverLimit) tree.refuse(path);
  else await readIgnores(tree, vscode.Uri.joinPath(folder.uri, inside), path);
}

/**
 * VS Code's ripgrep, for a folder on the machine where this runs. `undefined` when some glob of `files.exclude` depends
 * on other files, which only VS Code evaluates.
 */
async function ripgrepFor(folder: vscode.WorkspaceFolder): Promise<string | undefined> {
  if (folder.uri.scheme !== 'file') return undefined;
  const globs = vscode.workspace.getConfiguration('files', folder.uri).get<unknown>('exclude');
  const values = typeof globs === 'object' && globs !== null ? Object.values(globs) : [];
  if (values.some((value) => typeof value !== 'boolean')) return undefined;
  return findRipgrep(vscode.env.appRoot);
}
