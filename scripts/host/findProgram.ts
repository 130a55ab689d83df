// Finds a program on the PATH.
import { spawnSync } from 'node:child_process';

/** The program's full path, or `undefined` where there is none of that name. */
export function findProgram(name: string): string | undefined {
  const { stdout } = spawnSync(process.platform === 'win32' ? 'where' : 'which', [name], {
    encoding: 'utf8',
  });
  return stdout?.split(/\r?\n/)[0] || undefined;
}
