// Fills a folder atomically and once, even if several processes do it at the same time.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Makes sure that `folder` was filled by `fill` to the end. `fill` works on a folder beside it, which takes its place
 * when all is there; what an interrupted one left is swept away. A second process waits for the first.
 */
export async function installOnce(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  if (isReady(folder)) return;
  const lock = `${folder}.lock`;
  await mkdir(path.dirname(folder), { recursive: true });
  while (!(await takeLock(lock))) await delay(500);
  try {
    if (isReady(folder)) return;
    await sweep(folder);
    const part = await mkdtemp(`${folder}.part-`);
    await fill(part);
    await writeFile(path.join(part, 'ready'), new Date().toISOString());
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
  } finally {
    await rm(lock, { force: true });
  }
}

/** As far as it can: an npm whose parent was killed may still be writing there. */
async function sweep(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(folder)}.part-`)) continue;
    await rm(path.join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isReady(folder: string): boolean {
  return existsSync(path.join(folder, 'ready'));
}

/** The lock is a file with its owner's process id, so that a killed owner is noticed. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (owner && !isAlive(owner)) await rm(lock, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
