/** Tells when a file of a folder was written to, by the system's own word and, in case that fails, by looking now and then. */

import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import { privateModes } from '../../../base/host/files.ts';

export interface Disposable {
  dispose(): void;
}

/** Network drives, containers and exhausted watch limits leave changes unsaid. */
const lookMs = { watched: 10_000, unwatched: 2_000 };
/** Several writes in a row are one change. */
const gatherMs = 60;

export interface FolderWatch {
  /** Calls `listener` after a change of the file (all files without a name), and now and then without one. */
  on(name: string | undefined, listener: () => void): Disposable;
  dispose(): void;
}

/** Watches only while somebody listens. */
export function createFolderWatch(folder: string): FolderWatch {
  const listeners = new Set<{ name: string | undefined; listener: () => void; timer?: NodeJS.Timeout }>();
  let watcher: FSWatcher | undefined;
  let looking: NodeJS.Timeout | undefined;

  const tell = (name: string | null): void => {
    for (const entry of listeners) {
      if (name !== null && entry.name !== undefined && entry.name !== name) continue;
      entry.timer ??= setTimeout(() => {
        entry.timer = undefined;
        entry.listener();
      }, gatherMs).unref();
    }
  };
  const start = (): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: privateModes.folder });
      watcher = watch(folder, { persistent: false }, (_event, name) => tell(name));
      watcher.on('error', () => {
        stop();
        look();
      });
    } catch {
      watcher = undefined;
    }
    look();
  };
  const look = (): void => {
    looking = setInterval(() => tell(null), watcher ? lookMs.watched : lookMs.unwatched).unref();
  };
  const stop = (): void => {
    watcher?.close();
    watcher = undefined;
    clearInterval(looking);
    looking = undefined;
  };
  return {
    on(name, listener) {
      const entry: { name: string | undefined; listener: () => void; timer?: NodeJS.Timeout } = {
        name,
        listener,
      };
      listeners.add(entry);
      if (listeners.size === 1) start();
      return {
        dispose() {
          clearTimeout(entry.timer);
          if (listeners.delete(entry) && listeners.size === 0) stop();
        },
      };
    },
    dispose() {
      for (const { timer } of listeners) clearTimeout(timer);
      listeners.clear();
      stop();
    },
  };
}
