/** The parts that VS Code hands to an extension, as far as sessions and history use them. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LogOutputChannel, Memento } from 'vscode';

/** Passes on what is more than information. */
export function createLog(complain: (text: string) => void): LogOutputChannel {
  const quiet = (): void => {};
  const log = { trace: quiet, debug: quiet, info: quiet, warn: complain, error: complain };
  return log as unknown as LogOutputChannel;
}

/** In a file that is replaced as a whole. */
export function createMemory(file: string): Memento {
  const values = new Map<string, unknown>(readEntries(file));
  return {
    keys: () => [...values.keys()],
    get: (name: string) => values.get(name) as never,
    async update(name, value) {
      if (values.get(name) === value) return;
      values.set(name, value);
      writeFileSync(`${file}.part`, JSON.stringify([...values]));
      renameSync(`${file}.part`, file);
    },
  };
}

function readEntries(file: string): [string, unknown][] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
