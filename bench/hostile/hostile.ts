/** How the cost of input made to stop Qiao grows with its size: the growth tests, with the exponents printed and a tight limit. */

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');

const tests = [
  'core/code/hostileCode',
  'core/logGrowth',
  'providers/growth',
  'webview/linkAddress',
  'webview/markdownLimits',
].map((name) => `test/unit/${name}.test.ts`);

/** The exponents, 1 for linear work; fails above 1.1. CPU time, so that it can be told on any machine, if it is quiet. */
export async function runHostile(): Promise<void> {
  const { status } = spawnSync(
    process.execPath,
    [
      mocha,
      ...['--no-config', '--require', './test/support/standIn/register.ts', '--timeout', '120000'],
      ...['--reporter', 'dot', ...tests],
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, GROWTH_LIMIT: '1.1' } },
  );
  if (status !== 0) process.exitCode = 1;
}
