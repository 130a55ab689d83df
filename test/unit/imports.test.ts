import assert from 'node:assert/strict';
import path from 'node:path';
import {
  circlesOf,
  importersOf,
  importsOf,
  readImportGraph,
  resolve,
} from '../../scripts/structure/importGraph.ts';

/** What each layer may import: other layers, then modules from outside. */
const layers: Record<string, { layers: string[]; modules: RegExp }> = {
  common: { layers: ['common'], modules: /^(zod|diff|markdown-it|csv-parse\/sync|csv-stringify\/sync)$/ },
  providers: { layers: ['common', 'providers'], modules: /^(node:|undici$|eventsource-parser$|zod$)/ },
  emulator: { layers: ['common', 'emulator'], modules: /^(node:|zod$|image-size$)/ },
  host: {
    layers: ['common', 'providers', 'host'],
    modules: /^(node:|(vscode|zod|pinyin-pro|fuzzysort|ignore|picomatch|image-size|yaml|markdown-it)$)/,
  },
  webview: {
    layers: ['common', 'webview'],
    modules:
      /^(lit|@vscode-elements|@vscode\/l10n$|markdown-it|lowlight|highlight\.js|hast$|katex$|mermaid$)/,
  },
};

/** What stands below the features: these know each other in this order, and no feature. */
const foundations = new Map([
  ['base', ['base']],
  ['llm', ['base', 'llm']],
  ['providers', ['base', 'llm', 'providers']],
  ['emulator', ['base', 'llm', 'emulator']],
  ['ui', ['base', 'llm', 'ui']],
]);

/** Besides: the demo alone may start the emulator. */
const allowed = new Set(['connections/host/demo.ts → emulator/index.ts']);

const graph = readImportGraph(path.join(import.meta.dirname, '../../src'));

/** The layer of a file, which its second folder names, unless its first folder is a layer of its own. */
function layerOf(file: string): string | undefined {
  const [feature = '', second = ''] = file.split('/');
  if (!file.includes('/')) return 'host';
  if (feature === 'llm') return 'common';
  if (second in layers) return second;
  if (feature === 'ui') return 'webview';
  return feature in layers ? feature : undefined;
}

/** Each import of a file that runs the wrong way. */
function wrongArrows(file: string, text: string): string[] {
  const layer = layers[layerOf(file) ?? ''];
  if (!layer) return [`${file} stands on no known layer`];
  const known = foundations.get(file.split('/')[0] ?? '');
  return importsOf(file, text).flatMap(({ specifier, typesOnly }) => {
    if (!specifier.startsWith('.')) return layer.modules.test(specifier) ? [] : [`${file} → ${specifier}`];
    const target = resolve(file, specifier);
    const arrow = `${file} → ${target}`;
    if (allowed.has(arrow)) return [];
    if (!layer.layers.includes(layerOf(target) ?? '')) return [arrow];
    if (known && !known.includes(target.split('/')[0] ?? '')) return [`${arrow}: a feature`];
    return layerOf(file) === 'webview' && target.endsWith('Schema.ts') && !typesOnly
      ? [`${arrow}: no schema reaches the webview`]
      : [];
  });
}

describe('import directions', () => {
  const { texts } = graph;
  const importsIn = (file: string): string[] =>
    importsOf(file, texts.get(file) ?? '').map(({ specifier }) => specifier);

  it('are read from the sources', () => {
    assert.ok(texts.size > 500);
    assert.ok(importsIn('extension.ts').includes('./chat/host/register.ts'));
    assert.ok(importsIn('connections/host/demo.ts').includes('../../emulator/index.ts'));
  });

  it('run from each layer to those it may know, in every file', () => {
    assert.deepEqual(
      [...texts].flatMap(([file, text]) => wrongArrows(file, text)),
      [],
    );
  });

  it('that are wrong are named', () => {
    const bad: [file: string, text: string][] = [
      ['attic/a.ts', ''],
      [
        'chat/common/a.ts',
        "import { b } from '../host/b.ts';\nimport fs from 'node:fs';\nimport { c } from './c.ts';",
      ],
      ['chat/host/b.ts', "const b = await import('../../emulator/index.ts');"],
      ['chat/webview/c.ts', "import { schema } from '../common/cSchema.ts';\nimport '../host/c.ts';"],
      [
        'chat/webview/d.ts',
        "import type { D } from '../common/dSchema.ts';\nimport { type E } from '../common/eSchema.ts';",
      ],
      ['ui/markdown/d.ts', "import type { D } from '../../chat/common/d.ts';"],
    ];
    assert.deepEqual(
      bad.flatMap(([file, text]) => wrongArrows(file, text)),
      [
        'attic/a.ts stands on no known layer',
        'chat/common/a.ts → chat/host/b.ts',
        'chat/common/a.ts → node:fs',
        'chat/host/b.ts → emulator/index.ts',
        'chat/webview/c.ts → chat/common/cSchema.ts: no schema reaches the webview',
        'chat/webview/c.ts → chat/host/c.ts',
        'chat/webview/d.ts → chat/common/eSchema.ts: no schema reaches the webview',
        'ui/markdown/d.ts → chat/common/d.ts: a feature',
      ],
    );
  });
});

describe('circles', () => {
  it('of imports are nowhere, types included', () => {
    assert.deepEqual(circlesOf(graph.imports), []);
  });

  it('can’t begin in app.ts: extension.ts alone imports it', () => {
    const importers = [...importersOf(graph.imports)].flatMap(([file, own]) =>
      /(^|\/)app\.ts$/.test(file) ? own : [],
    );
    assert.deepEqual(importers, ['extension.ts']);
  });

  it('are found through every kind of import', () => {
    const source = [
      "import a, { type A } from './a.ts';",
      "import type { B } from './b.ts';",
      "import './c.ts';",
      "export { d } from './d.ts';",
      "export type { E } from './e.ts';",
      "export * from './f.ts';",
      "const g = await import('./g.ts');",
      "type H = import('./h.ts').H;",
      "const i: typeof import('./i.ts') = g;",
      "const text = `import './never.ts'`; // import './never.ts';",
    ].join('\n');
    const imports = importsOf('x.ts', source);
    assert.deepEqual(
      imports.map(({ specifier }) => specifier),
      [...'abcdefghi'].map((name) => `./${name}.ts`),
    );
    const types = imports.filter(({ typesOnly }) => typesOnly).map(({ specifier }) => specifier);
    assert.deepEqual(types, ['./b.ts', './e.ts', './h.ts', './i.ts']);
    assert.throws(() => importsOf('x.ts', 'const a = import(address);'), /plain string/);
  });

  it('are named, each with all its files', () => {
    const imports = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['e', 'f']],
      ['e', ['d']],
      ['f', ['f']],
      ['g', ['a', 'f']],
    ]);
    assert.deepEqual(circlesOf(imports), [['a', 'b', 'c'], ['d', 'e'], ['f']]);
  });
});
