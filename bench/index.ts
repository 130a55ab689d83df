/** Runs a benchmark by name, or some parts of one: `npm run bench -- decode [--quick]`, `npm run bench -- panel scroll`. */

import { parseArgs } from 'node:util';
import { runActivation } from './activation/activation.ts';
import { runCompare } from './compare/compare.ts';
import { runContext } from './context/context.ts';
import { runDecode } from './decode/decode.ts';
import { runGrowth } from './growth/growth.ts';
import { runHostile } from './hostile/hostile.ts';
import { runPanel } from './panel/panel.ts';
import { runRender } from './render/render.ts';
import { runSecrets } from './secrets/secrets.ts';
import { runTokens } from './tokens/tokens.ts';
import { runVscodeChat } from './vscodeChat/vscodeChat.ts';

const benchmarks = new Map<string, (options: { quick: boolean; parts: readonly string[] }) => Promise<void>>([
  ['compare', runCompare],
  ['activation', runActivation],
  ['context', runContext],
  ['decode', runDecode],
  ['growth', runGrowth],
  ['hostile', runHostile],
  ['panel', runPanel],
  ['render', runRender],
  ['secrets', runSecrets],
  ['tokens', runTokens],
  ['vscodeChat', runVscodeChat],
]);

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name = '', ...parts] = positionals;
const run = benchmarks.get(name);
if (run) {
  await run({ quick: values.quick, parts });
} else {
  console.error(`Which benchmark? ${[...benchmarks.keys()].join(', ')}`);
  process.exitCode = 2;
}
