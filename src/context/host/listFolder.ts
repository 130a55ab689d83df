/** The files of one workspace folder that may be offered: without those that the user keeps out. */

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

export interface OfferedFiles {
  /** Relative to the folder, with `/`. */
  paths: readonly string[];
  /** Those of the URIs, and of the files in them, that may be offered too. */
  amongCreated(uris: readonly vscode.Uri[]): Promise<string[]>;
}

/** Where there are more, the rest can only be dropped. */
const mostFiles = 200_000;
/** `.gitignore` files that are read; what is in the folders of others is not offered. */
const mostIgnoreFiles = 10_000;

/**
 * VS Code leaves out what `files.exclude` names, but for what a workspace lifts. Rejects when VS Code can't list the
 * folder. `onRefused`: patterns are too many or too slow to apply; nothing that they might mean is offered.
 */
export async function listFolder(
  folder: vscode.WorkspaceFolder,
  onRefused: (by: Excluder) => void,
): Promise<OfferedFiles> {
  const { tree, prefix } = await readIgnoresAbove(folder.uri, () => onRefused('.gitignore'));
  // A search for names only would read all of `node_modules`, to throw it away here.
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
        // A folder that is moved here comes without its files.
        const inside = (await isDirectory(uri))
          ? await vscode.workspace.findFiles(new vscode.RelativePattern(uri, '**/*'), '**/.git/**', mostFiles)
          : [uri];
        added.push(...inside.flatMap((file) => relativeTo(folder.uri, file) ?? []));
      }
      return added.filter((path) => !path.startsWith('.git/') && mayOffer(path));
    },
  };
}

async function isDirectory(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
