// Builds the product, and the suites that run inside VS Code, unless `npm test` has just done so for all of its tiers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { repository } from '../host/paths.ts';

/** Throws when the build fails. */
export async function buildOnce(): Promise<void> {
  if (process.env.QIAO_BUILT) return;
  const build = spawn(process.execPath, ['esbuild.js', '--tests'], { cwd: repository, stdio: 'inherit' });
  const [exitCode] = await once(build, 'exit');
  if (exitCode !== 0) throw new Error('The build failed.');
}
