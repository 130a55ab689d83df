/**
 * A disk that remembers what a power cut would leave of it, by the letter of POSIX: of a file what was synced last, and
 * its name only once its folder was synced.
 */

import { constants, readdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createDiskFiles, type DiskSystem, type HistoryFiles } from '../../src/base/host/files.ts';

interface Inode {
  /** All that was written, of which the first `synced` bytes survive. */
  bytes: Buffer;
  synced: number;
}

export interface PowerCutDisk {
  readonly files: HistoryFiles;
  /** Every call that changes or syncs something, e.g. `sync c.jsonl`, in order. */
  readonly calls: readonly string[];
  /**
   * Writes into the empty folder `target` what would be left now, or if the power had failed before call number `at`.
   * `tail` says what is there of the bytes that were not synced; without it none.
   */
  cut(target: string, tail?: (unsynced: Buffer) => Buffer, at?: number): Promise<void>;
}

type Names = ReadonlyMap<string, Inode | 'folder'>;

/** `root` is there already, and stays. Calls go through to the real disk, but for the syncs, which take time. */
export function createPowerCutDisk(root: string): PowerCutDisk {
  const names = new Map<string, Inode | 'folder'>([[root, 'folder']]);
  const durable = new Map<string, Inode | 'folder'>([[root, 'folder']]);
  const calls: string[] = [];
  /** What is durable before each call. */
  const states: Names[] = [];
  const copy = (): Names =>
    new Map([...durable].map(([name, inode]) => [name, inode === 'folder' ? inode : { ...inode }]));
  const note = (what: string, file: string): void => {
    states.push(copy());
    calls.push(`${what} ${path.relative(root, file)}`);
  };

  function syncFolder(folder: string): void {
    note('sync folder', folder);
    for (const known of [...durable.keys()])
      if (path.dirname(known) === folder && !names.has(known)) durable.delete(known);
    // Not all folders are made through this disk.
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) names.set(path.join(folder, entry.name), 'folder');
    for (const [name, inode] of names) if (path.dirname(name) === folder) durable.set(name, inode);
  }

  function record(handle: FileHandle, file: string, inode: Inode): void {
    const write: (bytes: Buffer) => Promise<{ bytesWritten: number }> = handle.write.bind(handle);
    const writeWhole = handle.writeFile.bind(handle);
    const take = (bytes: Buffer): void => {
      note('write', file);
      inode.bytes = Buffer.concat([inode.bytes, bytes]);
    };
    const sync = async (): Promise<void> => {
      note('sync', file);
      inode.synced = inode.bytes.length;
    };
    Object.assign(handle, {
      async write(bytes: Buffer) {
        const result = await write(bytes);
        take(bytes);
        return result;
      },
      async writeFile(text: string) {
        await writeWhole(text);
        take(Buffer.from(text));
      },
      datasync: sync,
      sync,
    });
  }

  const system: DiskSystem = {
    async open(file, flags, mode) {
      const name = String(file);
      const handle = await open(file, flags, mode);
      if (flags === undefined) {
        handle.sync = async () => syncFolder(name);
        return handle;
      }
      const creates = flags === 'wx' || (Number(flags) & constants.O_CREAT) !== 0;
      if (creates && !names.has(name)) names.set(name, { bytes: Buffer.alloc(0), synced: 0 });
      const inode = names.get(name);
      if (inode && inode !== 'folder') record(handle, name, inode);
      return handle;
    },
    async mkdir(folder, options) {
      const first = await mkdir(folder, options);
      for (let made = folder; first && made.length >= first.length; made = path.dirname(made))
        names.set(made, 'folder');
      return first;
    },
    async rename(from, to) {
      await rename(from, to);
      note('rename', to);
      const inode = names.get(from);
      names.delete(from);
      if (inode) names.set(to, inode);
    },
    async unlink(file) {
      await unlink(file);
      note('unlink', file);
      names.delete(file);
    },
  };

  return {
    files: createDiskFiles(system),
    calls,
    async cut(target, tail = () => Buffer.alloc(0), at = calls.length) {
      const left = states[at] ?? durable;
      const isReachable = (name: string): boolean =>
        name === root || (left.get(path.dirname(name)) === 'folder' && isReachable(path.dirname(name)));
      for (const [name, inode] of [...left].sort(([one], [other]) => one.length - other.length)) {
        const place = path.join(target, path.relative(root, name));
        if (!isReachable(name)) continue;
        if (inode === 'folder') await mkdir(place, { recursive: true });
        else {
          const rest = tail(inode.bytes.subarray(inode.synced));
          await writeFile(place, Buffer.concat([inode.bytes.subarray(0, inode.synced), rest]));
        }
      }
    },
  };
}
