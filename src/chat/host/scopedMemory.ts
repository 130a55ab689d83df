/** A share of VS Code's memory for one tab, under names of its own. */

import type { Memento } from 'vscode';

export interface ScopedMemory extends Pick<Memento, 'get' | 'update'> {
  /** Empties the share, and takes nothing any more. */
  forget(): void;
}

export function createScopedMemory(memory: Memento, scope: string): ScopedMemory {
  const suffix = `@${scope}`;
  let forgotten = false;
  function get<T>(key: string): T | undefined;
  function get<T>(key: string, other: T): T;
  function get<T>(key: string, other?: T): T | undefined {
    return memory.get<T>(key + suffix) ?? other;
  }
  return {
    get,
    update: async (key, value) => {
      if (!forgotten) await memory.update(key + suffix, value);
    },
    forget() {
      forgotten = true;
      for (const key of memory.keys()) if (key.endsWith(suffix)) void memory.update(key, undefined);
    },
  };
}
