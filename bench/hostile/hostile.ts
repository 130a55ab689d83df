/** How the cost of input made to stop Qiao grows with its size: the growth tests, with the exponents printed and a tight limit. */

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { growthExponent } from '../../test/support/growth.ts';

const root = path.join(import.meta.dirname, '../..');
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');

const tests = [
  'edit/hostileCode',
  'chat/logGrowth',
  'providers/growth',
  'ui/linkAddress',
  'ui/markdownLimits',
].map((name) => `test/unit/${name}.test.ts`);

/** What the language itself takes: objects under names in a Map, which caches and the collector make dearer by the thousands. */
function fillMap(size: number): Map<string, object> {
  const map = new Map<string, object>();
  for (let index = 0; index < size; index++) map.set(`t${index}`, { id: index, parts: [] });
  return map;
}

/**
 * The exponents from 625 to 20,000 items, 1 for linear work. Fails above 1.1, or above that of a bare Map where that is
 * more. CPU time, so that it can be told on any machine that does nothing else.
 */
export async function runHostile(): Promise<void> {
  const bare = growthExponent(20_000, Math.round, fillMap, { factor: 32, rounds: 8 });
  console.log(`${bare.toFixed(2)}  a bare Map of 20,000 objects`);
  const { status } = spawnSync(
    process.execPath,
    [
      mocha,
      ...['--no-config', '--require', './test/support/standIn/register.ts', '--timeout', '120000'],
      ...['--reporter', 'dot', ...tests],
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, GROWTH_LIMIT: String(Math.max(1.1, bare)) } },
  );
  if (status !== 0) process.exitCode = 1;
}
