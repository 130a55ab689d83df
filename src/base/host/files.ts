/** The few things the history does with files; tests put failing ones in their place. */

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

export interface FileFacts {
  size: number;
  mtimeMs: number;
}

export interface WriteOptions {
  /** Settles only when a power cut cannot take it away: the file and the names that lead to it are synced. */
  durable: boolean;
}

/** Folders that it makes and files that it writes are for this user alone: 0700 and 0600, where the system knows modes. */
export interface HistoryFiles {
  /** Makes the folder, and those above it, where they are missing. Durable. */
  makeFolder(folder: string): Promise<void>;
  /**
   * Adds to the end in one write, making the file and its folder if need be; a write that was cut short throws. What was
   * added before in this window is as durable as this.
   */
  append(file: string, text: string, options?: WriteOptions): Promise<void>;
  /** Whether the next line can begin at the end of the file; true for one that does not exist. */
  endsInNewline(file: string): Promise<boolean>;
  /** All bytes from `from` on. */
  read(file: string, from?: number): Promise<Buffer>;
  /** `undefined` when there is no such file. */
  facts(file: string): Promise<FileFacts | undefined>;
  /** File names; none when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Writes a file as a whole: nobody ever sees half of it, not even after a power cut where it is durable. */
  replace(file: string, text: string, options?: WriteOptions): Promise<void>;
  /** Makes the target's folder if need be. Durable. */
  move(from: string, to: string): Promise<void>;
  /** Durable. */
  remove(file: string): Promise<void>;
}

/** The calls that change the disk; tests put recording and failing ones in their place. */
export interface DiskSystem {
  open: typeof open;
  mkdir(folder: string, options: { recursive: true; mode: number }): Promise<string | undefined>;
  rename(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
}

export const privateModes = { folder: 0o700, file: 0o600 } as const;

const { O_APPEND, O_CREAT, O_WRONLY } = constants;

/** Those of this computer. */
export const diskFiles = createDiskFiles();

export function createDiskFiles(system: Partial<DiskSystem> = {}): HistoryFiles {
  const disk: DiskSystem = { open, mkdir, rename, unlink, ...system };
  /** Files made here whose names are not synced yet. */
  const unsyncedNames = new Set<string>();
  /** Folders whose own names are synced. */
  const syncedFolders = new Set<string>();

  const makeFolder = async (folder: string): Promise<void> => {
    const first = await disk.mkdir(folder, { recursive: true, mode: privateModes.folder });
    if (first === undefined) return;
    // From the outermost to the innermost: a folder that was made stands in one that was there.
    const made = path.relative(path.dirname(first), folder).split(path.sep);
    let parent = path.dirname(first);
    for (const name of made) {
      await syncFolder(parent);
      parent = path.join(parent, name);
    }
  };
  /** Some systems cannot, Windows among them; the names are as safe as they make them, then. */
  const syncFolder = async (folder: string): Promise<void> => {
    if (process.platform === 'win32') return;
    try {
      await using handle = await disk.open(folder);
      await handle.sync();
    } catch {
      // What is in the file is there all the same.
    }
  };
  const syncNames = async (file: string): Promise<void> => {
    const folder = path.dirname(file);
    await syncFolder(folder);
    // Qiao's folder watcher may have made the folder, without syncing its name.
    if (!syncedFolders.has(folder)) await syncFolder(path.dirname(folder));
    syncedFolders.add(folder);
  };
  const openToAppend = async (file: string): Promise<FileHandle> => {
    const flags = O_APPEND | O_WRONLY;
    try {
      return await disk.open(file, flags);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
    await makeFolder(path.dirname(file));
    unsyncedNames.add(file);
    return disk.open(file, flags | O_CREAT, privateModes.file);
  };

  return {
    makeFolder,
    async append(file, text, { durable } = { durable: false }) {
      const handle = await openToAppend(file);
      const bytes = Buffer.from(text);
      let written = 0;
      // Network drives tell only with these that they are full, or of what matters nothing: what is there must not come twice.
      const unlessThere = async (error: unknown): Promise<void> => {
        if (written === bytes.length && !(await holdsAtEnd(file, bytes))) throw error;
      };
      try {
        written = (await handle.write(bytes)).bytesWritten;
        if (durable) await handle.datasync().catch(unlessThere);
      } finally {
        await handle.close().catch(unlessThere);
      }
      if (written < bytes.length)
        throw Object.assign(new Error('The disk took a part of the line only.'), { code: 'ENOSPC' });
      if (durable && unsyncedNames.delete(file)) await syncNames(file);
    },
    async endsInNewline(file) {
      const size = (await this.facts(file))?.size ?? 0;
      return size === 0 || (await this.read(file, size - 1)).at(0) === 0x0a;
    },
    async read(file, from = 0) {
      await using handle = await disk.open(file);
      const { size } = await handle.stat();
      const buffer = Buffer.allocUnsafe(Math.max(0, size - from));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    async facts(file) {
      try {
        const { size, mtimeMs } = await stat(file);
        return { size, mtimeMs };
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    async list(folder) {
      try {
        return await readdir(folder);
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return [];
        throw error;
      }
    },
    async replace(file, text, { durable } = { durable: true }) {
      const temporary = `${file}.${randomUUID()}.tmp`;
      try {
        await makeFolder(path.dirname(file));
        const handle = await disk.open(temporary, 'wx', privateModes.file);
        try {
          await handle.writeFile(text);
          if (durable) await handle.sync();
        } finally {
          await handle.close();
        }
        await disk.rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
      if (durable) await syncNames(file);
    },
    async move(from, to) {
      await makeFolder(path.dirname(to));
      await disk.rename(from, to);
      // The new name first: between the two the file has both, never none.
      for (const folder of new Set([path.dirname(to), path.dirname(from)])) await syncFolder(folder);
    },
    async remove(file) {
      await disk.unlink(file);
      await syncFolder(path.dirname(file));
    },
  };
}

/** Another window may have written behind it since. */
async function holdsAtEnd(file: string, bytes: Buffer): Promise<boolean> {
  const size = (await diskFiles.facts(file))?.size ?? 0;
  const end = await diskFiles.read(file, Math.max(0, size - bytes.length - 64 * 1024));
  return end.includes(bytes);
}

/** The system's name for what went wrong, e.g. `ENOSPC`; empty for another kind of error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
