// Runs npm in this repository and in other folders.
import { type ChildProcess, spawn } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

export interface NpmOptions {
  readonly folder: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Stands before each line of the output, so that the lines of several runs can be told apart. */
  readonly prefix?: string;
}

/** Runs npm with its output on our terminal. Resolves to the exit code, 1 when a signal ended it. */
export async function runNpm(args: readonly string[], options: NpmOptions): Promise<number> {
  const { prefix } = options;
  if (prefix === undefined) return exitOf(spawnNpm(args, options, 'inherit', 'inherit'));
  const child = spawnNpm(args, options, 'pipe', 'pipe');
  const shown = Promise.all(
    [child.stdout, child.stderr].map((output) => output && printLines(output, prefix)),
  );
  const code = await exitOf(child);
  // A process that the script left behind may keep its output open for ever.
  await Promise.race([shown, delay(2000, undefined, { ref: false })]);
  return code;
}

async function printLines(output: Readable, prefix: string): Promise<void> {
  for await (const line of createInterface(output)) console.log(prefix + line);
}

/** Runs npm and reads what it prints to its standard output; complaints go to our terminal. */
export async function readNpm(args: readonly string[], options: NpmOptions): Promise<string> {
  const child = spawnNpm(args, options, 'pipe', 'inherit');
  const [output] = await Promise.all([child.stdout ? text(child.stdout) : '', exitOf(child)]);
  return output;
}

function spawnNpm(
  args: readonly string[],
  options: NpmOptions,
  output: 'inherit' | 'pipe',
  complaints: 'inherit' | 'pipe',
): ChildProcess {
  const ownCli = process.env.npm_execpath;
  const [program, first, shell] =
    ownCli && /npm-cli\.js$/.test(ownCli)
      ? [process.execPath, [ownCli], false]
      : process.platform === 'win32'
        ? ['npm.cmd', [], true]
        : ['npm', [], false];
  return spawn(program, [...first, ...args], {
    cwd: options.folder,
    env: options.environment ?? process.env,
    stdio: ['ignore', output, complaints],
    shell,
  });
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Installs the dependencies of the manifest in `folder`, or `packages`, without running any install script:
 * no compiler and no second download is ever needed. Throws when npm fails.
 */
export async function installPackages(folder: string, packages: readonly string[] = []): Promise<void> {
  const manifest = path.join(folder, 'package.json');
  if (!(await stat(manifest).catch(() => undefined))) await writeFile(manifest, '{"private":true}');
  const quiet = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--silent'];
  const code = await runNpm(['install', ...packages, ...quiet], {
    folder,
    environment: foreignEnvironment(),
  });
  if (code !== 0) throw new Error(`npm install failed in ${folder} (exit code ${code}).`);
}

/** `npm run` tells its children about our project in variables that would bend an install elsewhere. */
function foreignEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^npm_(package|lifecycle|config_(workspaces?|include_workspace_root|omit|include|local_prefix|prefix|global|dry_run|engine_strict|ignore_scripts|package_lock|nodedir|omit_lockfile_registry_resolved)$)/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV' && !ours.test(name)),
  );
}
