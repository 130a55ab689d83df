/** Lists the files of a local folder with the ripgrep that VS Code ships. */

import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';

export interface RipgrepOptions {
  /** Path of the program. */
  program: string;
  /** Absolute path of the folder. */
  folder: string;
  /** Globs of ripgrep; with `!` at the start, what they match is left out. The values can't be taken for options. */
  globs: readonly string[];
  /** Whether links are followed, as `search.followSymlinks` of VS Code says. */
  follow: boolean;
  /** Stops the program; the iteration then ends with an error. */
  signal: AbortSignal;
}

/** No listing takes longer, in milliseconds. */
const longestMs = 120_000;
/** Limit for one name; no file system has longer paths. */
const mostPathCharacters = 100_000;

/** The program's path, or `undefined` when this VS Code ships none. */
export async function findRipgrep(appRoot: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  for (const modules of ['node_modules', 'node_modules.asar.unpacked']) {
    for (const place of [
      ['ripgrep-universal', 'bin', platform],
      ['ripgrep', 'bin'],
    ]) {
      const program = path.join(appRoot, modules, '@vscode', ...place, name);
      const found = await access(program, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (found) return program;
    }
  }
  return undefined;
}

/**
 * Yields the paths of all files in the folder as they are found, relative to it, with `/`: hidden and ignored ones too.
 * Throws when the program can't be started, fails, takes too long, or is stopped;
 * folders that it can't read are left out.
 */
export async function* listWithRipgrep({
  program,
  folder,
  globs,
  follow,
  signal,
}: RipgrepOptions): AsyncGenerator<string[]> {
  const args = [
    '--no-config',
    '--files',
    '--null',
    '--no-ignore',
    '--hidden',
    follow ? '--follow' : '--no-follow',
    '--no-messages',
    '--path-separator=/',
    ...globs.map((glob) => `--glob=${glob}`),
  ];
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    timeout: longestMs,
    killSignal: 'SIGKILL',
    signal,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // An error before the output is read must not count as unhandled; it is thrown below.
  ended.catch(() => {});
  let isAny = false;
  let rest = '';
  try {
    child.stdout.setEncoding('utf8');
    for await (const text of child.stdout) {
      const paths = (rest + text).split('\0');
      rest = paths.pop() ?? '';
      if (rest.length > mostPathCharacters) throw new Error('ripgrep printed no list of files.');
      if (paths.length > 0) yield paths;
      isAny ||= paths.length > 0;
    }
    const code = await ended;
    // 1: no files. 2: some folder could not be read, or nothing could.
    if (code === 0 || code === 1 || (code === 2 && isAny)) return;
    throw new Error(`ripgrep ended with ${code}.`);
  } finally {
    child.kill('SIGKILL');
  }
}
