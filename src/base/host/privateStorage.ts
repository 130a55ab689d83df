/** Makes Qiao's storage this user's alone: files and folders of earlier versions were open to all who may use the machine. */

import { chmod, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { diskFiles } from './files.ts';

const openToOthers = 0o077;

/** Makes the folder. What earlier versions wrote there is made private while everything goes on. Never rejects. */
export async function openStorage(folder: string, log: Pick<LogOutputChannel, 'warn'>): Promise<void> {
  try {
    // The history tells the user when it can't write.
    await diskFiles.makeFolder(folder);
  } catch {
    return;
  }
  makePrivate(folder).catch((error: unknown) =>
    log.warn(`Other users of this machine may be able to read Qiao’s storage: ${error}`),
  );
}

/**
 * Takes the rights of others from a file, or from a folder and all that is in it; links are not followed. The folder comes
 * first: from then on nobody else reaches what is inside. Rejects when the system refuses. Does nothing on Windows, where
 * a user's folders are theirs.
 */
export async function makePrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const facts = await lstat(file);
  const isFolder = facts.isDirectory();
  if (!isFolder && !facts.isFile()) return;
  // Only rights of others are removed; rights that the owner lacks are not given back.
  if ((facts.mode & openToOthers) !== 0) await chmod(file, facts.mode & ~openToOthers);
  if (!isFolder) return;
  for (const name of await readdir(file)) await makePrivate(path.join(file, name)).catch(unlessGone);
}

/** Another window may remove it meanwhile. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
