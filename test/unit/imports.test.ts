import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What each floor may import: other floors, then modules from outside. */
const floors: Record<string, { floors: string[]; modules: RegExp }> = {
  core: { floors: ['core'], modules: /^(zod|diff|markdown-it|csv-parse\/sync|csv-stringify\/sync)$/ },
  providers: { floors: ['core', 'providers'], modules: /^(node:|undici$|eventsource-parser$|zod$)/ },
  emulator: { floors: ['core', 'emulator'], modules: /^(node:|zod$|image-size$)/ },
  host: {
    floors: ['core', 'providers', 'host'],
    modules: /^(node:|(vscode|zod|pinyin-pro|fuzzysort|ignore|picomatch|image-size|yaml|markdown-it)$)/,
  },
  webview: {
    floors: ['core', 'webview'],
    modules: /^(lit|@vscode-elements|markdown-it|lowlight|highlight\.js|hast$|katex$)/,
  },
  extension: { floors: ['host'], modules: /^vscode$/ },
};

/** Besides: the demo alone may start the emulator. */
const allowed = new Set(['host/demo.ts → emulator/index.ts']);

const src = path.join(import.meta.dirname, '../../src');

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** Each import of a file that runs the wrong way. */
function wrongArrows(file: string, text: string): string[] {
  const floor = floors[file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, '')];
  if (!floor) return [`${file} stands on no known floor`];
  return importsOf(text).flatMap((specifier) => {
    if (!specifier.startsWith('.')) return floor.modules.test(specifier) ? [] : [`${file} → ${specifier}`];
    const target = path.posix.join(path.posix.dirname(file), specifier);
    const arrow = `${file} → ${target}`;
    if (!floor.floors.includes(target.split('/')[0] ?? '') && !allowed.has(arrow)) return [arrow];
    return file.startsWith('webview/') && target.endsWith('Schema.ts')
      ? [`${arrow}: no schema reaches the webview`]
      : [];
  });
}

describe('import directions', () => {
  const texts = new Map(
    globSync('**/*.ts', { cwd: src }).map((file) => [
      file.replaceAll('\\', '/'),
      readFileSync(path.join(src, file), 'utf8'),
    ]),
  );
  const importsIn = (file: string): string[] => importsOf(texts.get(file) ?? '');

  it('are read from the sources', () => {
    assert.ok(texts.size > 500);
    assert.ok(importsIn('extension.ts').includes('./host/panels.ts'));
    assert.ok(importsIn('host/demo.ts').includes('../emulator/index.ts'));
  });

  it('run from each floor to those it may know, in every file', () => {
    assert.deepEqual(
      [...texts].flatMap(([file, text]) => wrongArrows(file, text)),
      [],
    );
  });

  it('that are wrong are named', () => {
    const bad: [file: string, text: string][] = [
      ['attic/a.ts', ''],
      [
        'core/a.ts',
        "import { b } from '../host/b.ts';\nimport fs from 'node:fs';\nimport { c } from './c.ts';",
      ],
      ['host/b.ts', "const b = await import('../emulator/index.ts');"],
      ['webview/c.ts', "import { schema } from '../core/cSchema.ts';\nimport '../host/c.ts';"],
    ];
    assert.deepEqual(
      bad.flatMap(([file, text]) => wrongArrows(file, text)),
      [
        'attic/a.ts stands on no known floor',
        'core/a.ts → host/b.ts',
        'core/a.ts → node:fs',
        'host/b.ts → emulator/index.ts',
        'webview/c.ts → core/cSchema.ts: no schema reaches the webview',
        'webview/c.ts → host/c.ts',
      ],
    );
  });
});
