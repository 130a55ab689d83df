/** Attaches a folder: the names in it, and the files that the user picks. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { pathExists } from '../../base/host/pathExists.ts';
import { baseName, pathOf } from '../../base/host/paths.ts';
import { showQuickPick } from '../../base/host/window/quickInput.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import { createPathFilter, type Excluder, findExclusion } from './exclusions.ts';
import { type FolderTree, formatTree } from './folderTree.ts';
import type { Origins } from './origins.ts';

const mostEntries = 1000;
const mostDepth = 8;
/** How many folders are listed; each listing is a request to the file system, which may be remote. */
const mostFolders = 400;

export interface PickedFolder {
  /** The names in the folder. */
  tree: Attachment;
  files: readonly vscode.Uri[];
}

/** Asks for a folder of the workspace; `undefined` when the user cancels. */
export async function pickFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const entries = (await Promise.all(folders.map(({ uri }) => subfolders(uri)))).flat();
  const picked = await showQuickPick(
    entries.map((uri) => ({
      label: pathOf(uri) || baseName(uri),
      iconPath: new vscode.ThemeIcon('folder'),
      uri,
    })),
    { title: l10n.t('Attach a Folder') },
  );
  return picked?.uri;
}

/** Lists the folder and asks which files to attach as well; `undefined` when the user cancels. */
export async function pickFromFolder(
  folder: vscode.Uri,
  origins: Origins,
): Promise<PickedFolder | undefined> {
  const { tree, files } = await readFolder(folder, origins);
  if (files.length === 0) return { tree, files: [] };
  const picked = await showQuickPick(
    files.map((uri) => ({
      label: baseName(uri),
      iconPath: new vscode.ThemeIcon('file'),
      description: pathOf(uri),
      uri,
    })),
    {
      title: l10n.t('Files of {0} to Attach', titleOf(folder)),
      placeHolder: l10n.t('Choose files, or none for the names only'),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  return picked && { tree, files: picked.map(({ uri }) => uri) };
}

/** `undefined` when the folder is gone. */
export async function readFolderAgain(folder: vscode.Uri, origins: Origins): Promise<Attachment | undefined> {
  return (await pathExists(folder)) ? (await readFolder(folder, origins)).tree : undefined;
}

async function readFolder(
  folder: vscode.Uri,
  origins: Origins,
): Promise<{ tree: Attachment; files: vscode.Uri[] }> {
  // The user asked for an excluded folder by name, and must confirm it before it is sent, so list its files.
  const refused = new Set<Excluder>();
  const isExcluded = (await findExclusion(folder))
    ? () => false
    : await createPathFilter(folder, (by) => refused.add(by));
  const { tree, files } = await walk(folder, isExcluded);
  const name = titleOf(folder);
  const notes = [...refused].map(
    (by) => `\n[${by} has too many patterns, or too slow ones: what they might exclude is left out.]\n`,
  );
  const text = formatTree(name, tree) + notes.join('');
  const attachment = toLooseAttachment('folder', name, text, { uri: folder.toString() });
  origins.remember(attachment, { again: () => readFolderAgain(folder, origins), files: [folder] });
  return { tree: attachment, files };
}

/** Walks level by level, so that the limits cut off the deepest folders. */
async function walk(
  root: vscode.Uri,
  isExcluded: (uri: vscode.Uri, isFolder: boolean) => boolean | Promise<boolean>,
): Promise<{ tree: FolderTree; files: vscode.Uri[] }> {
  const top: FolderTree = { folders: new Map(), files: [], isCut: false };
  const files: vscode.Uri[] = [];
  let level = [{ uri: root, tree: top }];
  let entries = 0;
  let looked = 0;
  for (let depth = 0; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { uri, tree } of level) {
      if (entries >= mostEntries || depth >= mostDepth || ++looked > mostFolders) {
        tree.isCut = true;
        continue;
      }
      const found = await entriesOf(uri);
      if (!found) tree.isCut = true;
      for (const [name, type] of (found ?? []).sort(([a], [b]) => a.localeCompare(b))) {
        const inside = vscode.Uri.joinPath(uri, name);
        const isFolder = (type & vscode.FileType.Directory) !== 0;
        if (name === '.git' || (await isExcluded(inside, isFolder))) continue;
        if (++entries > mostEntries) {
          tree.isCut = true;
          break;
        }
        if (isFolder) {
          const child: FolderTree = { folders: new Map(), files: [], isCut: false };
          tree.folders.set(name, child);
          // A link may lead back to a parent.
          if ((type & vscode.FileType.SymbolicLink) === 0) next.push({ uri: inside, tree: child });
        } else {
          tree.files.push(name);
          files.push(inside);
        }
      }
    }
    level = next;
  }
  return { tree: top, files };
}

/** `undefined` for a folder that can't be read. */
async function entriesOf(uri: vscode.Uri): Promise<[string, vscode.FileType][] | undefined> {
  try {
    return await vscode.workspace.fs.readDirectory(uri);
  } catch {
    return undefined;
  }
}

/** The folder and its subfolders, three levels deep. */
async function subfolders(root: vscode.Uri): Promise<vscode.Uri[]> {
  const found = [root];
  const filter = await createPathFilter(root);
  let level = [root];
  for (let depth = 0; depth < 3; depth++) {
    const next: vscode.Uri[] = [];
    for (const uri of level) {
      for (const [name, type] of (await entriesOf(uri)) ?? []) {
        const inside = vscode.Uri.joinPath(uri, name);
        if (found.length + next.length >= mostFolders) return [...found, ...next];
        if (type === vscode.FileType.Directory && name !== '.git' && !(await filter(inside, true)))
          next.push(inside);
      }
    }
    found.push(...next);
    level = next;
  }
  return found;
}

/** A workspace folder has no path relative to itself. */
function titleOf(folder: vscode.Uri): string {
  const root = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.toString() === folder.toString());
  return root ? `${root.name}/` : `${pathOf(folder)}/`;
}
