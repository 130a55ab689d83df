// Builds the bundles: the extension host's and the webviews'.
// Usage: node esbuild.js [--production] [--watch] [--tests] [--into=folder]
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { copies, hostTestBundle, mermaidOutput, productBundles } from './scripts/build/bundles.ts';
import { shrinkIconFont } from './scripts/build/iconFont.ts';
import { packOutput } from './scripts/build/mermaid.ts';
import { listPageTexts } from './scripts/build/pageTexts.ts';
import { bundledPackages, formatNotices, readNotice } from './scripts/build/thirdPartyNotices.ts';

const { values } = parseArgs({
  options: {
    production: { type: 'boolean' },
    watch: { type: 'boolean' },
    tests: { type: 'boolean' },
    into: { type: 'string', default: '.' },
  },
});
const { production = false, watch, tests, into } = values;

await rm(join(into, 'dist'), { recursive: true, force: true });
if (tests) await rm(join(into, 'out'), { recursive: true, force: true });
for (const { from, to, leaveOut } of copies)
  await cp(from, join(into, to), { recursive: true, filter: (file) => !leaveOut.test(file) });

await mkdir(join(into, 'dist/webview'), { recursive: true });
await writeFile(join(into, 'dist/webview/texts.json'), JSON.stringify(listPageTexts()));

const builds = [...productBundles(production), ...(tests ? [hostTestBundle] : [])].map((options) => ({
  ...options,
  outdir: join(into, options.outdir ?? ''),
  plugins: [...(options.plugins ?? []), ...(isMermaid(options) ? [packOutput(production)] : [])],
}));
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  const dist = join(into, 'dist');
  await shrinkIconFont(join(dist, 'webview/codicons'), [join(dist, 'host'), join(dist, 'webview')]);
  if (production) await writeNotices(results.flatMap(({ metafile }) => metafile ?? []));
}

/** @param {esbuild.BuildOptions} options */
function isMermaid({ entryPoints }) {
  return entryPoints !== undefined && mermaidOutput in entryPoints;
}

/** @param {readonly esbuild.Metafile[]} metafiles */
async function writeNotices(metafiles) {
  const copied = copies.map((copy) => `node_modules/${copy.package}`);
  const folders = [...new Set([...bundledPackages(metafiles), ...copied])].sort();
  const notices = formatNotices(await Promise.all(folders.map(readNotice)));
  await writeFile(join(into, 'ThirdPartyNotices.txt'), notices);
}
