/** Removes other users' access to Qiao's storage, which earlier versions created with default modes. */

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
 * Removes the permissions of group and others from a file, or from a folder and its contents, without following links. The
 * folder comes first, which already protects its contents. Rejects if the system refuses. Does nothing on Windows, where
 * user folders are private.
 */
export async function makePrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const stats = await lstat(file);
  const isFolder = stats.isDirectory();
  if (!isFolder && !stats.isFile()) return;
  // Never adds permissions.
  if ((stats.mode & openToOthers) !== 0) await chmod(file, stats.mode & ~openToOthers);
  if (!isFolder) return;
  for (const name of await readdir(file)) await makePrivate(path.join(file, name)).catch(unlessGone);
}

/** Ignores files that another window removed meanwhile. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
