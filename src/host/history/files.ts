/** The few things the history does with files; tests put failing ones in their place. */

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface FileFacts {
  size: number;
  mtimeMs: number;
}

export interface HistoryFiles {
  /** Adds to the end in one write, making the file and its folder if need be; a write that was cut short throws. */
  append(file: string, text: string): Promise<void>;
  /** Whether the next line can begin at the end of the file; true for one that does not exist. */
  endsInNewline(file: string): Promise<boolean>;
  /** All bytes from `from` on. */
  read(file: string, from?: number): Promise<Buffer>;
  /** `undefined` when there is no such file. */
  facts(file: string): Promise<FileFacts | undefined>;
  /** File names; none when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Writes a file as a whole: nobody ever sees half of it. */
  replace(file: string, text: string): Promise<void>;
  /** Makes the target's folder if need be. */
  move(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
}

const append = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;

/** Those of this computer. */
export const diskFiles = createDiskFiles();

/** `openFile`: a test's own, for handles that fail. */
export function createDiskFiles(openFile: typeof open = open): HistoryFiles {
  return {
    async append(file, text) {
      const handle = await openFile(file, append).catch(async (error: unknown) => {
        if (errorCode(error) !== 'ENOENT') throw error;
        await mkdir(path.dirname(file), { recursive: true });
        return openFile(file, append);
      });
      const bytes = Buffer.from(text);
      let written = 0;
      try {
        written = (await handle.write(bytes)).bytesWritten;
      } finally {
        await handle.close().catch(async (error: unknown) => {
          // Network drives tell only now that they are full, or of what matters nothing: what is there must not come twice.
          if (written === bytes.length && !(await holdsAtEnd(file, bytes))) throw error;
        });
      }
      if (written < bytes.length)
        throw Object.assign(new Error('The disk took a part of the line only.'), { code: 'ENOSPC' });
    },
    async endsInNewline(file) {
      const size = (await this.facts(file))?.size ?? 0;
      return size === 0 || (await this.read(file, size - 1)).at(0) === 0x0a;
    },
    async read(file, from = 0) {
      await using handle = await openFile(file);
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
    async replace(file, text) {
      const temporary = `${file}.${randomUUID()}.tmp`;
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(temporary, text);
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
    },
    async move(from, to) {
      await mkdir(path.dirname(to), { recursive: true });
      await rename(from, to);
    },
    remove: unlink,
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
