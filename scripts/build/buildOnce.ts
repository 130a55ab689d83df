// Builds before tests, unless QIAO_BUILT=1 says that the build is up to date.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../host/paths.ts';

/** `tests`: the suites that run inside VS Code too. Throws when the build fails, or is said to be there and is not. */
export function buildOnce({ tests = false }: { readonly tests?: boolean } = {}): void {
  if (process.env.QIAO_BUILT) {
    const made = ['dist/host/extension.js', ...(tests ? ['out/integration/index.mjs'] : [])];
    const missing = made.find((file) => !existsSync(path.join(repository, file)));
    if (missing) throw new Error(`QIAO_BUILT is set, but there is no ${missing}.`);
    return;
  }
  const { status } = spawnSync(process.execPath, ['esbuild.js', ...(tests ? ['--tests'] : [])], {
    cwd: repository,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed.');
}
