// Configures the bundles that `esbuild.js` builds and that tests and benchmarks measure.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { BuildOptions, Plugin } from 'esbuild';
import { smallFormulas } from './formulas.ts';
import { smallMermaid } from './mermaid.ts';
import { packedReadings } from './readings.ts';

/** undici and its kin are CommonJS: inside an ES module they need a `require` for Node's own modules. */
const requireBanner = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

const undiciParts = path.join(import.meta.dirname, 'undiciParts.cjs');

/** The extension host parses Markdown with the panel's copy. */
const panelsMarkdown: Plugin = {
  name: 'panels-markdown',
  setup({ onResolve }) {
    onResolve({ filter: /^markdown-it$/ }, () => ({ path: '../webview/markdown-it.js', external: true }));
  },
};

/**
 * undici holds its HTTP parser twice as Base64, which a `.vsix` cannot compress; packed with Brotli it is half as long. Only the
 * parser without SIMD is bundled: SIMD speeds up the headers only.
 */
const packedParser: Plugin = {
  name: 'packed-parser',
  setup({ onLoad }) {
    onLoad({ filter: /undici\/lib\/llhttp\/llhttp_simd-wasm\.js$/ }, () => ({
      contents: "module.exports = require('./llhttp-wasm.js');",
    }));
    onLoad({ filter: /undici\/lib\/llhttp\/llhttp-wasm\.js$/ }, async ({ path: file }) => {
      const [, base64 = ''] = /wasmBase64 = '([^']+)'/.exec(await readFile(file, 'utf8')) ?? [];
      if (base64 === '') throw new Error(`No parser in ${file}.`);
      const packed = pack(Buffer.from(base64, 'base64'));
      const unpack = `require('node:zlib').brotliDecompressSync(Buffer.from('${packed}', 'base64'))`;
      return { contents: `module.exports = ${unpack};` };
    });
  },
};

/** markdown-it makes a finder of bare addresses even where the option is off; Qiao has its own (`autolink.ts`). */
const withoutLinkify: Plugin = {
  name: 'without-linkify',
  setup({ onLoad }) {
    onLoad({ filter: /linkify-it\/build\/index\.mjs$/ }, () => ({ contents: 'export class LinkifyIt {}' }));
  },
};

/** Parts of libraries that Qiao never calls, though what it calls names them. One that is called after all says so. */
const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onLoad }) {
    const refuse = (what: string): string => `() => { throw new Error('Qiao is bundled without ${what}.'); }`;
    // Requests have texts or bytes as bodies, over HTTP/1.1.
    onLoad({ filter: /undici\/lib\/web\/fetch\/body\.js$/ }, () => ({
      contents: `exports.extractBody = ${refuse('bodies of fetch')};`,
    }));
    onLoad({ filter: /undici\/lib\/dispatcher\/client-h2\.js$/ }, () => ({
      contents: `module.exports = ${refuse('HTTP/2')};`,
    }));
    // Proxies are those of HTTP, see `readProxy`.
    onLoad({ filter: /undici\/lib\/dispatcher\/socks5-proxy-agent\.js$/ }, () => ({
      contents: `module.exports = ${refuse('SOCKS5')};`,
    }));
    // Of images it reads the sizes of four types; others are refused.
    onLoad({ filter: /image-size\/dist\/esm\/types\/index\.js$/ }, () => ({
      contents: `import { GIF } from './gif.js';
import { JPG } from './jpg.js';
import { PNG } from './png.js';
import { WEBP } from './webp.js';
export const typeHandlers = new Map([['gif', GIF], ['jpg', JPG], ['png', PNG], ['webp', WEBP]]);
export const types = [...typeHandlers.keys()];`,
    }));
    onLoad(
      { filter: /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/ },
      async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        const names = [...source.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
        if (names.length === 0) throw new Error(`No exports in ${file}.`);
        const contents = names.map((name) => `export const ${name} = unused;`);
        if (source.includes('export { processSchema as process }'))
          contents.push('export { unused as process };');
        return { contents: [`const unused = ${refuse('JSON Schema')};`, ...contents].join('\n') };
      },
    );
  },
};

/** What may be imported before the model services are loaded: in `src/`. */
const beforeServices = [
  'connections/host/environmentKeys.ts',
  'connections/host/isReady.ts',
  'connections/host/modelServices.ts',
  'vscodeChat/host/vscodeChatModels.ts',
];

/** What else may be imported before the app is loaded, which imports the model services. */
const beforeApp = [
  'connections/host/catalog/parseCatalog.ts',
  'emulator/index.ts',
  'providers/http/exchange.ts',
  'providers/openai/modelList.ts',
  'providers/qianfanV1/qianfanV1Token.ts',
  'usage/common/usageEntrySchema.ts',
  'usage/host/priceSettings.ts',
  'vscodeChat/host/answerRequest.ts',
];

/** What `src/extension.ts` imports when it is needed, and what that imports so: loaded whether or not `src/app.ts` is. */
export const withoutApp: readonly string[] = [...beforeServices, ...beforeApp];

/**
 * Whatever is imported when it is needed says what is loaded before it: then all that the app imports at once is one file, and so
 * are the model services. Otherwise esbuild makes a file of each set of modules that the same features share, nearly a hundred.
 */
const knownOrder: Plugin = {
  name: 'known-order',
  setup({ onResolve, onLoad }) {
    const src = path.join(import.meta.dirname, '../../src');
    const namespaceOf = (file: string): string | undefined => {
      if (file === 'app.ts' || beforeServices.includes(file)) return undefined;
      return beforeApp.includes(file) ? 'after-services' : 'after-app';
    };
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path: name, kind, resolveDir }) => {
      // Without the machine's folders, which would count in the names of the output files.
      const file = path.relative(src, path.join(resolveDir, name)).replaceAll('\\', '/');
      const namespace = kind === 'dynamic-import' ? namespaceOf(file) : undefined;
      return namespace ? { path: file, namespace } : undefined;
    });
    const services = "import './connections/host/modelServices.ts';";
    for (const [namespace, before] of [
      ['after-services', services],
      ['after-app', `${services} import './app.ts';`],
    ] as const)
      onLoad({ filter: /./, namespace }, ({ path: file }) => ({
        contents: `${before} export * from './${file}';`,
        resolveDir: src,
      }));
  },
};

/** Tables of undici that are far longer than what its client reads of them. */
const smallTables: Plugin = {
  name: 'small-tables',
  setup({ onLoad }) {
    onLoad({ filter: /undici\/lib\/llhttp\/constants\.js$/ }, async ({ path: file }) => {
      const { default: tables } = await import(pathToFileURL(file).href);
      const { TYPE, ERROR } = tables;
      if (TYPE?.RESPONSE === undefined || ERROR?.PAUSED === undefined)
        throw new Error(`No tables in ${file}.`);
      return { contents: `module.exports = ${JSON.stringify({ TYPE, ERROR })};` };
    });
    // Nobody listens to what undici tells of its requests; it asks each channel.
    onLoad({ filter: /undici\/lib\/core\/diagnostics\.js$/ }, async ({ path: file }) => {
      const { default: diagnostics } = await import(pathToFileURL(file).href);
      const silent = Object.keys(diagnostics.channels).map((name) => [name, { hasSubscribers: false }]);
      return { contents: `exports.channels = ${JSON.stringify(Object.fromEntries(silent))};` };
    });
  },
};

/** As Base64. */
function pack(data: string | Buffer): string {
  return brotliCompressSync(data).toString('base64');
}

/** What a package holds: the extension host's part, split so that activation loads little, and the webviews'. */
export function productBundles(production: boolean): BuildOptions[] {
  const common: BuildOptions = {
    bundle: true,
    format: 'esm',
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: production ? 'warning' : 'info',
    // They stand in ThirdPartyNotices.txt.
    legalComments: 'none',
    metafile: true,
  };
  const browser: BuildOptions = {
    ...common,
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'chrome134',
  };
  return [
    {
      ...common,
      entryPoints: { extension: 'src/extension.ts' },
      outdir: 'dist/host',
      platform: 'node',
      target: 'node22',
      external: ['vscode'],
      alias: { undici: undiciParts },
      plugins: [panelsMarkdown, packedParser, packedReadings, withoutUnused, smallTables, knownOrder],
      splitting: true,
      chunkNames: 'chunk-[hash]',
      banner: { js: requireBanner },
    },
    // Syntax colours come with the first code block.
    {
      ...browser,
      entryPoints: {
        panel: 'src/chat/webview/panel.ts',
        compare: 'src/compare/webview/compare.ts',
        usage: 'src/usage/webview/usage.ts',
        inspect: 'src/inspector/webview/inspect.ts',
        'markdown-it': 'markdown-it',
      },
      plugins: [withoutLinkify],
      splitting: true,
      chunkNames: 'panel-[hash]',
    },
    // One style sheet each: every file that a page asks for takes VS Code another round through its window.
    {
      ...browser,
      entryPoints: [
        'media/panel.css',
        'media/compare.css',
        'media/usage.css',
        'media/inspect.css',
        'media/diagram.css',
      ],
    },
    // Classic scripts that become part of a page's HTML: one reports when a file of the page was not loaded, the other takes keys.
    {
      ...browser,
      format: 'iife',
      // A comment with its address would end in the HTML.
      sourcemap: false,
      entryPoints: { watch: 'src/ui/webview/watchLoad.ts', early: 'src/chat/webview/early.ts' },
    },
    // Formulas and diagrams are bundles of their own: a panel without them loads neither.
    {
      ...browser,
      entryPoints: {
        math: 'src/ui/formulas/typesetter.ts',
        diagram: 'src/ui/diagrams/diagram.ts',
        diagramFrame: 'src/ui/diagrams/diagramFrame.ts',
      },
      plugins: [smallFormulas],
      // KaTeX's sources want to know it.
      define: { __VERSION__: '""' },
    },
    mermaidBundle(browser),
  ];
}

/** A third of the package if it were not packed; the host unpacks it with the first diagram. */
function mermaidBundle(browser: BuildOptions): BuildOptions {
  return {
    ...browser,
    format: 'iife',
    sourcemap: false,
    entryPoints: { [mermaidOutput]: 'src/ui/diagrams/mermaid.ts' },
    plugins: [smallMermaid],
  };
}

export const mermaidOutput = 'mermaid';

/** The suites that run inside VS Code's extension host. */
export const hostTestBundle: BuildOptions = {
  bundle: true,
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'info',
  legalComments: 'none',
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

/** Packages that are copied as they are, and where to. */
export const copies = [
  {
    package: '@vscode/codicons',
    from: 'node_modules/@vscode/codicons/dist',
    to: 'dist/webview/codicons',
    leaveOut: /\.(html|svg|csv|ts|json)$/,
  },
] as const;
