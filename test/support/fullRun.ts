/** Whether tests that have a long form run it: `npm test` runs the short one, unless what is tested has just changed. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const environment: NodeJS.ProcessEnv = process.env;

/**
 * True with `FULL=1` (`npm run test:full`), never with `FULL=0`. Else true when Git tells that one of `paths` (files or folders of
 * the repository) was changed: by the last commit, by commits that the branch's upstream does not have, or since.
 * A clone of the last commit alone and a copy without Git have nothing to compare with, which is no change.
 */
export function isFullRun(paths: readonly string[] = []): boolean {
  const lost = paths.filter((file) => !existsSync(path.join(root, file)));
  if (lost.length > 0) throw new Error(`There is no ${lost.join(', ')}.`);
  const wish = environment.FULL;
  if (wish) return wish !== '0';
  return paths.length > 0 && hasChanged(paths, root);
}

/** How often a property is tried: `all` times in a full run, else a quarter of that. */
export function fuzzRuns(all: number, paths?: readonly string[]): number {
  return isFullRun(paths) ? all : Math.ceil(all / 4);
}

/** As `isFullRun` says of Git, in any repository. */
export function hasChanged(paths: readonly string[], folder: string): boolean {
  const git = (...args: readonly string[]): string | undefined => {
    try {
      return execFileSync('git', args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      return undefined;
    }
  };
  const differs = (base: string): boolean => Boolean(git('diff', '--name-only', base, '--', ...paths));
  const published = git('merge-base', 'HEAD', '@{upstream}')?.trim();
  return (
    Boolean(git('--no-optional-locks', 'status', '--porcelain', '--', ...paths)) ||
    differs('HEAD~1') ||
    (published !== undefined && differs(published))
  );
}
