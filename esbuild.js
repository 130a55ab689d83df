// Builds the bundles: the extension host's and the webviews'.
// Usage: node esbuild.js [--production] [--watch] [--tests] [--into=folder]
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import * as esbuild from 'esbuild';
import { copies, hostTestBundle, productBundles } from './scripts/build/bundles.ts';
import { shrinkIconFont } from './scripts/build/iconFont.ts';
import { bundledPackages, formatNotices, readNotice } from './scripts/build/thirdPartyNotices.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
/** `dist` goes there, and the notices of a production build. */
const into = resolve(process.argv.find((argument) => argument.startsWith('--into='))?.slice(7) ?? '.');

await rm(join(into, 'dist'), { recursive: true, force: true });
if (tests) await rm('out', { recursive: true, force: true });
for (const { from, to, leaveOut, packed } of copies) {
  if (packed) await pack(from, join(into, to));
  else await cp(from, join(into, to), { recursive: true, filter: (file) => !leaveOut?.test(file) });
}

const products = productBundles(production).map((options) => ({
  ...options,
  outdir: join(into, options.outdir ?? ''),
}));
const builds = [...products, ...(tests ? [hostTestBundle] : [])];
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  const [host, webview] = [join(into, 'dist/host'), join(into, 'dist/webview')];
  await shrinkIconFont(join(webview, 'codicons'), [host, webview]);
  if (production) await writeNotices(results.flatMap(({ metafile }) => metafile ?? []));
}

/**
 * @param {string} from
 * @param {string} to
 */
async function pack(from, to) {
  // The best takes seconds.
  const params = { [constants.BROTLI_PARAM_QUALITY]: production ? 11 : 4 };
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, brotliCompressSync(await readFile(from), { params }));
}

/** @param {readonly esbuild.Metafile[]} metafiles */
async function writeNotices(metafiles) {
  const copied = copies.map((copy) => `node_modules/${copy.package}`);
  const folders = [...new Set([...bundledPackages(metafiles), ...copied])].sort();
  await writeFile(
    join(into, 'ThirdPartyNotices.txt'),
    formatNotices(await Promise.all(folders.map(readNotice))),
  );
}
