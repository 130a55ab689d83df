// What stands on the server's disk: conversations of Qiao, and VS Code's backups of files that are not saved.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Vscode } from './desk.ts';

export const conversationsFolder = ({ userDataFolder }: Vscode): string =>
  path.join(userDataFolder, 'User', 'globalStorage', 'qiao.qiao', 'conversations');

/** All of them, one after the other. */
export async function conversationsOnDisk(vscode: Vscode): Promise<string> {
  const folder = conversationsFolder(vscode);
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.jsonl'));
  return (await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')))).join('');
}

/** What VS Code keeps of files that are not saved: one backup after the other. */
export async function backupsOnDisk({ userDataFolder }: Vscode): Promise<string> {
  const folder = path.join(userDataFolder, 'User', 'Backups');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return (
    await Promise.all(files.map((file) => readFile(path.join(file.parentPath, file.name), 'utf8')))
  ).join('');
}
