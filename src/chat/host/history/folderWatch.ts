/** Tells when a file of a folder changed: by the system's events, and by polling in case they fail. */

import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import { privateModes } from '../../../base/host/files.ts';

export interface Disposable {
  dispose(): void;
}

/** Polling intervals: network drives, containers and exhausted watch limits lose events. */
const lookMs = { watched: 10_000, unwatched: 2_000 };
/** Changes within so many milliseconds are told once. */
const mergeMs = 60;

export interface FolderWatch {
  /** Calls `listener` after a change of the file (of any file without a name), and at each poll. */
  on(name: string | undefined, listener: () => void): Disposable;
  /**
   * Names of the files that changed since the last call; `undefined` when they are not known: the folder was not watched
   * all the time, or the system cannot watch it.
   */
  takeChanged(): ReadonlySet<string> | undefined;
  dispose(): void;
}

/** Watches only while there are listeners. */
export function createFolderWatch(folder: string): FolderWatch {
  const listeners = new Set<{ name: string | undefined; listener: () => void; timer?: NodeJS.Timeout }>();
  let watcher: FSWatcher | undefined;
  let looking: NodeJS.Timeout | undefined;
  let changed: Set<string> | undefined;

  const tell = (name: string | null): void => {
    for (const entry of listeners) {
      if (name !== null && entry.name !== undefined && entry.name !== name) continue;
      entry.timer ??= setTimeout(() => {
        entry.timer = undefined;
        entry.listener();
      }, mergeMs).unref();
    }
  };
  const start = (): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: privateModes.folder });
      watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null) changed = undefined;
        else changed?.add(name);
        tell(name);
      });
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
    changed = undefined;
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
    takeChanged() {
      const taken = changed;
      changed = watcher ? new Set() : undefined;
      return taken;
    },
    dispose() {
      for (const { timer } of listeners) clearTimeout(timer);
      listeners.clear();
      stop();
    },
  };
}
