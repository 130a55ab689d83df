// Builds the two bundles: the extension host's (Node, split so that activation loads little) and the webview's.
// Usage: node esbuild.js [--production] [--watch] [--tests]
import { cp, rm } from 'node:fs/promises';
import * as esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  format: 'esm',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'info',
  legalComments: 'none',
};

/** undici and its kin are CommonJS: inside an ES module they need a `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** @type {esbuild.BuildOptions} */
const host = {
  ...common,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist/host',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  splitting: true,
  chunkNames: 'chunk-[hash]',
  banner: { js: requireBanner },
};

/** @type {esbuild.BuildOptions} */
const webview = {
  ...common,
  // Formulas and diagrams are bundles of their own: a panel without them loads neither.
  entryPoints: {
    panel: 'src/webview/panel.ts',
    math: 'src/webview/formulas/typesetter.ts',
    diagram: 'src/webview/diagram/diagram.ts',
    inspect: 'src/webview/inspect/inspect.ts',
  },
  outdir: 'dist/webview',
  platform: 'browser',
  target: 'chrome134',
};

/** The suites that run inside VS Code's extension host. @type {esbuild.BuildOptions} */
const hostTests = {
  ...common,
  minify: false,
  sourcemap: 'inline',
  entryPoints: ['test/integration/*.ts'],
  entryNames: '[name]',
  splitting: true,
  outdir: 'out/integration',
  outExtension: { '.js': '.mjs' },
  platform: 'node',
  target: 'node22',
  external: ['vscode', 'mocha'],
  banner: { js: requireBanner },
};

await rm('dist', { recursive: true, force: true });
if (process.argv.includes('--tests')) await rm('out', { recursive: true, force: true });
await cp('node_modules/@vscode/codicons/dist', 'dist/webview/codicons', {
  recursive: true,
  filter: (from) => !/\.(html|svg|csv|ts|json)$/.test(from),
});

await cp('node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js', 'dist/webview/mermaid.js');

const builds = [host, webview, ...(process.argv.includes('--tests') ? [hostTests] : [])];
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
}
