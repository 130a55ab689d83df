/** Bundles the programs that are to be killed, and runs them. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';

/** A process that is to be killed. */
export interface Victim<Command, Report> {
  send(command: Command): void;
  /** Every report, in the order they came. */
  readonly reports: readonly Report[];
  /** Resolves with the next report that `fits`, those before the call included; rejects when the process ends first. */
  waitFor<Wanted extends Report>(fits: (report: Report) => report is Wanted): Promise<Wanted>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Writes the programs into `folder`, with a stand-in for VS Code in them. */
export async function bundlePrograms(folder: string): Promise<void> {
  await build({
    entryPoints: ['window', 'writer'].map((name) => path.join(import.meta.dirname, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    alias: { vscode: path.join(import.meta.dirname, 'vscode.ts') },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'error',
    sourcemap: 'inline',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}

/** Starts a bundled program; `options` is its first argument. */
export function startVictim<Command extends object, Report>(
  program: string,
  options: object,
): Victim<Command, Report> {
  const child: ChildProcess = fork(program, [JSON.stringify(options)], {
    execArgv: ['--enable-source-maps'],
  });
  const gone = once(child, 'exit');
  const reports: Report[] = [];
  const listeners = new Set<() => void>();
  child.on('message', (report) => {
    reports.push(report as Report);
    for (const listener of listeners) listener();
  });
  return {
    send: (command) => void child.send(command),
    reports,
    waitFor(fits) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = reports.find(fits);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        void gone.then(() => reject(new Error('The process ended by itself.')));
        look();
      });
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
