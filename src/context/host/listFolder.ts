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
import { parentOf, plainNames } from './ignoreTree.ts';
import { isFolder } from './readUri.ts';

export interface OfferedFiles {
  /** Relative to the folder, with `/`. */
  paths: readonly string[];
  /** Of created files and folders, the files that may be offered too. */
  amongCreated(uris: readonly vscode.Uri[]): Promise<string[]>;
}

/** Further files are not offered; the user can drop them. */
const mostFiles = 200_000;
/** Limit for `.gitignore` files; files in folders of further ones are not offered. */
const mostIgnoreFiles = 10_000;

/**
 * VS Code applies `files.exclude`, except what a workspace lifts. Rejects when VS Code can't list the folder.
 * `onRefused`: the patterns are too many or too slow; nothing that they might match is offered.
 */
export async function listFolder(
  folder: vscode.WorkspaceFolder,
  onRefused: (by: Excluder) => void,
): Promise<OfferedFiles> {
  const { tree, prefix } = await readIgnoresAbove(folder.uri, () => onRefused('.gitignore'));
  // Tell VS Code the plain names, so that it does not list all of `node_modules`.
  const names = ['.git', ...plainNames((await readIgnoreFile(folder.uri)) ?? '')];
  const listed = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/*'),
    `**/{${names.join(',')}${names.length === 1 ? ',.git' : ''}}/**`,
    mostFiles,
  );
  const all: string[] = [];
  const pause = createPause();
  for (const uri of listed) {
    const path = relativeTo(folder.uri, uri);
    if (path) all.push(path);
    await pause();
  }
  const withRules = all.filter((path) => path.endsWith('/.gitignore')).map(parentOf);
  for (const [index, inside] of withRules.entries()) {
    const path = `${prefix}${inside}`;
    if (index < mostIgnoreFiles) await readIgnores(tree, vscode.Uri.joinPath(folder.uri, inside), path);
    else tree.refuse(path);
  }
  const isExcluded = readGlobs('qiao.context.exclude', folder, () => onRefused('qiao.context.exclude'));
  const isHidden = readGlobs('files.exclude', folder, () => onRefused('files.exclude'));
  const mayOffer = (path: string): boolean =>
    !isExcluded(path) && !isHidden(path) && !tree.ignores(`${prefix}${path}`);
  const paths: string[] = [];
  for (const path of all) {
    if (mayOffer(path)) paths.push(path);
    await pause();
  }
  return {
    paths,
    async amongCreated(uris) {
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
    },
  };
}
