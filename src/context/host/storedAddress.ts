/**
 * Decides which stored addresses may be used. An attachment in a conversation carries the address of a file, and the
 * conversation may come from another folder, another machine, or an attacker's hand.
 */

import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { backingFileOf } from '../../base/host/backingFile.ts';
import { baseName, pathOf } from '../../base/host/paths.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { isAttachedHere } from './attachedHere.ts';

export type StoredPlace = Pick<Attachment, 'kind' | 'uri' | 'path'>;

/**
 * The address, if the user attached it in this window, or if it lies in an open folder, links followed, and is the file
 * that the chip names. Everything that opens, reads or changes a file by an attachment's address asks here first, each
 * time: the open folders change. `undefined`: it is not to be used.
 */
export async function usableAddress(place: StoredPlace): Promise<vscode.Uri | undefined> {
  const uri = parseAddress(place.uri);
  if (uri && isAttachedHere(place.uri)) return uri;
  return uri && (await isInWorkspace(uri)) && isNamed(place, uri) ? uri : undefined;
}

/** The same for what a file brings that is being imported, whatever was attached in this window. */
export async function isOfWorkspace(place: StoredPlace): Promise<boolean> {
  const uri = parseAddress(place.uri);
  return uri !== undefined && (await isInWorkspace(uri)) && isNamed(place, uri);
}

/** `undefined` for what is no address of a file in its plain form, e.g. with `..`, however that is escaped. */
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

/** Whether a link, of the file or of a folder above it, leads out of all these folders. Looks as far as the path exists. */
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
      // What is not there yet will lie where its folder does.
      if (path.dirname(place) === place) throw error;
    }
  }
}

/** `getWorkspaceFolder` compares scheme, machine and path: nothing else is looked at on the disk. */
async function isInWorkspace(uri: vscode.Uri): Promise<boolean> {
  const owner = backingFileOf(uri);
  if (!vscode.workspace.getWorkspaceFolder(owner)) return false;
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri);
  return staysInside(folders, owner).catch(() => false);
}

/** What is no stretch of a file has a title, which only tells what it is. */
const fileKinds: ReadonlySet<Attachment['kind']> = new Set([
  'file',
  'selection',
  'symbol',
  'visible',
  'image',
]);

/** The chip's path may begin at another folder: when it was made, other folders were open. */
function isNamed({ kind, path: named }: StoredPlace, uri: vscode.Uri): boolean {
  const owner = backingFileOf(uri);
  const real = pathOf(owner);
  const name = baseName(owner);
  // Behind the name of a notebook or of an earlier state stands which cell, or which state.
  const end = named.lastIndexOf(name);
  const shown = owner === uri || end === -1 ? named : named.slice(0, end + name.length);
  return !fileKinds.has(kind) || `/${real}`.endsWith(`/${shown}`) || `/${shown}`.endsWith(`/${real}`);
}
