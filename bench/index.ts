/** Runs a benchmark by name: `npm run bench -- decode [--quick]`. */

import { parseArgs } from 'node:util';
import { runDecode } from './decode/decode.ts';
import { runRender } from './render/render.ts';

const benchmarks = new Map([
  ['decode', runDecode],
  ['render', runRender],
]);

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name = ''] = positionals;
const run = benchmarks.get(name);
if (run) {
  await run({ quick: values.quick });
} else {
  console.error(`Which benchmark? ${[...benchmarks.keys()].join(', ')}`);
  process.exitCode = 2;
}
