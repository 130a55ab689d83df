/** File operations with durable writes and private modes; tests replace them with failing ones. */

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

export interface FileFacts {
  size: number;
  mtimeMs: number;
}

export interface WriteOptions {
  /** Settles after the file and its directory entries are synced, so that it survives a power failure. */
  durable: boolean;
}

/** Creates folders with mode 0700 and files with mode 0600, where the system supports modes. */
export interface HistoryFiles {
  /** Creates the folder and its missing parents. Durable. */
  makeFolder(folder: string): Promise<void>;
  /**
   * Appends in one write; creates the file and its folder if needed. Throws after a partial write. A durable append also
   * makes the earlier appends of this window durable.
   */
  append(file: string, text: string, options?: WriteOptions): Promise<void>;
  /** Whether the file is empty, missing, or ends in a newline. */
  endsInNewline(file: string): Promise<boolean>;
  /** All bytes from offset `from` on. */
  read(file: string, from?: number): Promise<Buffer>;
  /** Size and modification time; `undefined` if there is no such file. */
  facts(file: string): Promise<FileFacts | undefined>;
  /** File names; empty if there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Replaces a file atomically: readers never see a partial file; with `durable`, not even after a power failure. */
  replace(file: string, text: string, options?: WriteOptions): Promise<void>;
  /** Renames the file and creates the target's folder if needed. Durable. */
  move(from: string, to: string): Promise<void>;
  /** Deletes the file. Durable. */
  remove(file: string): Promise<void>;
}

/** The system calls that change the disk; tests replace them with recording and failing ones. */
export interface DiskSystem {
  open: typeof open;
  mkdir(folder: string, options: { recursive: true; mode: number }): Promise<string | undefined>;
  rename(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
}

export const privateModes = { folder: 0o700, file: 0o600 } as const;

const { O_APPEND, O_CREAT, O_WRONLY } = constants;

/** The files of this computer. */
export const diskFiles = createDiskFiles();

/** Creates file operations on the disk; `system` replaces single system calls. */
export function createDiskFiles(system: Partial<DiskSystem> = {}): HistoryFiles {
  const disk: DiskSystem = { open, mkdir, rename, unlink, ...system };
  /** Files created here whose directory entries are not synced yet. */
  const unsyncedNames = new Set<string>();
  /** Folders whose own directory entries are synced. */
  const syncedFolders = new Set<string>();

  const makeFolder = async (folder: string): Promise<void> => {
    const first = await disk.mkdir(folder, { recursive: true, mode: privateModes.folder });
    if (first === undefined) return;
    // From the outermost to the innermost new folder; each entry belongs to its parent.
    const made = path.relative(path.dirname(first), folder).split(path.sep);
    let parent = path.dirname(first);
    for (const name of made) {
      await syncFolder(parent);
      parent = path.join(parent, name);
    }
  };
  /** Does nothing where the system cannot sync folders, such as Windows. */
  const syncFolder = async (folder: string): Promise<void> => {
    if (process.platform === 'win32') return;
    try {
      await using handle = await disk.open(folder);
      await handle.sync();
    } catch {
      // The file's content is written anyway.
    }
  };
  const syncNames = async (file: string): Promise<void> => {
    const folder = path.dirname(file);
    await syncFolder(folder);
    // Qiao's folder watcher may have created the folder without a sync.
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
      // Network drives report a full disk only here, but also harmless errors. Appending again must not duplicate the text.
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
      // Sync the new entry first, so that the file never has no name.
      for (const folder of new Set([path.dirname(to), path.dirname(from)])) await syncFolder(folder);
    },
    async remove(file) {
      await disk.unlink(file);
      await syncFolder(path.dirname(file));
    },
  };
}

/** Searches near the end, as another window may have appended since. */
async function holdsAtEnd(file: string, bytes: Buffer): Promise<boolean> {
  const size = (await diskFiles.facts(file))?.size ?? 0;
  const end = await diskFiles.read(file, Math.max(0, size - bytes.length - 64 * 1024));
  return end.includes(bytes);
}

/** The system's error code, e.g. `ENOSPC`; empty for other errors. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
