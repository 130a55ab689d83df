// Runs a server in its own process group: waits until it is ready, and stops it with all its children.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServerSecrets } from './serverSecrets.ts';

export interface ServerProcessOptions {
  readonly node: string;
  /** The server's module, then its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly secrets: ServerSecrets;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Matches the line that says it listens; its first group is the port. */
  readonly readyLine: RegExp;
  /** All that the server prints goes here, but for the token; the file's folder is made. */
  readonly logFile: string;
}

export interface ServerProcess {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Opens the server, as `windowUrl` writes it into an address. Good until the server ends. */
  readonly token: string;
  /** Resolves when the server is gone, to a few words on how it ended. */
  readonly ended: Promise<string>;
  /** Of the server; its children are in the same group, except on Windows. */
  readonly processGroup: number;
  /** Ends the server and all its children; resolves when they are gone. */
  stop(): Promise<void>;
  /** The same without a chance to put anything in order. */
  kill(): Promise<void>;
}

const readyWithinMs = 60_000;

/** Resolves when the server is ready. Throws, with what it printed, when it is not within a minute. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  await mkdir(path.dirname(options.logFile), { recursive: true });
  const launcher = fileURLToPath(import.meta.resolve('./launcher.ts'));
  const { token, tokenFile, secretKeyFile } = options.secrets;
  const child = spawn(options.node, [launcher, tokenFile, secretKeyFile, ...options.command], {
    cwd: options.folder,
    env: options.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const endNow = () => endTree(child);
  process.once('exit', endNow);

  const stop = async () => {
    if (process.platform === 'win32') endNow();
    else child.kill('SIGTERM');
    const timer = setTimeout(endNow, 3000);
    await ended;
    clearTimeout(timer);
    // Extension hosts follow by themselves; one that leaves in peace writes its coverage.
    for (let waited = 0; isAlive(child) && waited < 1500; waited += 50) await delay(50);
    endNow();
    process.removeListener('exit', endNow);
  };
  const kill = async () => {
    endNow();
    await ended;
    process.removeListener('exit', endNow);
  };
  try {
    const port = await readPort(child, ended, options);
    return { port, token, ended, processGroup: child.pid ?? 0, stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readPort(
  child: ChildProcess,
  ended: Promise<string>,
  { readyLine, logFile, secrets }: ServerProcessOptions,
): Promise<number> {
  const log = createWriteStream(logFile);
  let printed = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`VS Code Server ${why}. It printed:\n${printed}`));
    const timer = setTimeout(() => fail('was not ready within a minute'), readyWithinMs);
    ended.then((how) => {
      clearTimeout(timer);
      fail(`ended before it was ready (${how})`);
    });
    // Line by line, so that no chunk ends within the token: VS Code prints it with its first page.
    const read = (printedLine: string) => {
      const line = `${printedLine.replaceAll(secrets.token, '…')}\n`;
      log.write(line);
      if (printed.length < 100_000) printed += line;
      const port = readyLine.exec(line)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', read);
  });
}

/** Whether anything of the group is left. */
function isAlive(child: ChildProcess): boolean {
  if (child.pid === undefined || process.platform === 'win32') return false;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

function endTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group is gone already.
  }
}
