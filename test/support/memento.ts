/** VS Code's memory for extensions, in a map. */

import type { Memento } from 'vscode';

/** `values`: what it holds, for tests that look into it or that share it. */
export function createMemento(values = new Map<string, unknown>()): Memento {
  return {
    keys: () => [...values.keys()],
    get: (key: string, fallback?: unknown) => (values.get(key) ?? fallback) as never,
    update: async (key, value) => void values.set(key, value),
  };
}
