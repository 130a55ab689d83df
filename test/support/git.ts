/** Git itself, for tests that need a repository. */

import { execFileSync } from 'node:child_process';

const identity = ['user.name=Tester', 'user.email=tester@example.com', 'init.defaultBranch=main'].flatMap(
  (setting) => ['-c', setting],
);

/** Each list of arguments is one call in the folder; gives what the last one printed. */
export function runGit(folder: string, ...calls: readonly (readonly string[])[]): string {
  let printed = '';
  for (const call of calls)
    printed = execFileSync('git', [...identity, ...call], { cwd: folder, encoding: 'utf8' });
  return printed;
}
