/**
 * Decides which stored addresses may be used. An attachment in a conversation carries the address of a file, and the
 * conversation may come from another folder, another machine, or an attacker.
 */

import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { backingFileOf } from '../../base/host/backingFile.ts';
import { baseName, pathOf } from '../../base/host/paths.ts';
import type { Attachment } from '../../chat/common/conversation.ts';

/** How many addresses are remembered; the oldest are forgotten first. */
const mostAttached = 5000;

/** The addresses that the user attached in this window. */
const attachedHere = new Set<string>();

/** Remembers an address, in the form of `Attachment.uri`, as chosen by the user in this window. Ignores an empty one. */
export function noteAttached(uri: string): void {
  if (uri === '') return;
  attachedHere.delete(uri);
  attachedHere.add(uri);
  const [oldest] = attachedHere;
  if (attachedHere.size > mostAttached && oldest !== undefined) attachedHere.delete(oldest);
}

export type StoredPlace = Pick<Attachment, 'kind' | 'uri' | 'path'>;

/**
 * The address, if the user attached it in this window, or if it is in an open folder (links followed) and is the file
 * that the attachment names; else `undefined`. Call this each time before a file is opened, read or changed by an
 * attachment's address, as the open folders change.
 */
export async function usableAddress(place: StoredPlace): Promise<vscode.Uri | undefined> {
  const isUsable = attachedHere.has(place.uri) || (await isOfWorkspace(place));
  return isUsable ? parseAddress(place.uri) : undefined;
}

/** The same for attachments of an imported file: what was attached in this window does not count. */
export async function isOfWorkspace(place: StoredPlace): Promise<boolean> {
  const uri = parseAddress(place.uri);
  return uri !== undefined && (await isInWorkspace(uri)) && isNamed(place, uri);
}

/** Parses an address; `undefined` unless it is that of a file in plain form, e.g. without `..`, also when escaped. */
export function parseAddress(text: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(text, true);
    const parts = uri.path.split(/[/\\]/);
    if (!uri.path.startsWith('/') && uri.scheme !== 'untitled') return undefined;
    if (parts.includes('..') || parts.includes('.') || uri.path.includes('\0')) return undefined;
    return uri;
  } catch {
    return undefined;
  }
}

/** Whether a file, links followed, is inside one of the folders. Resolves the part of the path that exists. */
export async function staysInside(folders: readonly vscode.Uri[], file: vscode.Uri): Promise<boolean> {
  if (file.scheme !== 'file') return true;
  const roots = await Promise.all(
    folders.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => realpath(fsPath)),
  );
  for (let place = file.fsPath; ; place = path.dirname(place)) {
    try {
      const real = await realpath(place);
      return roots.some((root) => {
        const fromRoot = path.relative(root, real);
        return fromRoot === '' || (fromRoot.split(path.sep)[0] !== '..' && !path.isAbsolute(fromRoot));
      });
    } catch (error) {
      // A file that does not exist yet will be created in its folder.
      if (path.dirname(place) === place) throw error;
    }
  }
}

/** `getWorkspaceFolder` compares scheme, authority and path first, so that no other address reaches the disk. */
async function isInWorkspace(uri: vscode.Uri): Promise<boolean> {
  const owner = backingFileOf(uri);
  if (!vscode.workspace.getWorkspaceFolder(owner)) return false;
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri);
  return staysInside(folders, owner).catch(() => false);
}

/** Attachments of other kinds have a title as path. */
const fileKinds: ReadonlySet<Attachment['kind']> = new Set([
  'file',
  'selection',
  'symbol',
  'visible',
  'image',
]);

/** The attachment's path may start at another folder, as other folders were open when it was made. */
function isNamed({ kind, path: named }: StoredPlace, uri: vscode.Uri): boolean {
  const owner = backingFileOf(uri);
  const real = pathOf(owner);
  const name = baseName(owner);
  // The name of a notebook or an earlier revision is followed by the cell or revision.
  const end = named.lastIndexOf(name);
  const shown = owner === uri || end === -1 ? named : named.slice(0, end + name.length);
  return !fileKinds.has(kind) || `/${real}`.endsWith(`/${shown}`) || `/${shown}`.endsWith(`/${real}`);
}
