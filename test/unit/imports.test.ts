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

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

describe('import directions', () => {
  const files = globSync('**/*.ts', { cwd: src }).map((file) => file.replaceAll('\\', '/'));

  it('finds the sources and their imports', () => {
    assert.ok(files.includes('extension.ts'));
    assert.ok(importsOf('extension.ts').includes('./host/panels.ts'));
    assert.ok(importsOf('host/demo.ts').includes('../emulator/index.ts'));
  });

  for (const file of files) {
    it(file, () => {
      const floor = floors[file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, '')];
      assert.ok(floor, 'stands on a known floor');
      for (const specifier of importsOf(file)) {
        if (specifier.startsWith('.')) {
          const target = path.posix.join(path.posix.dirname(file), specifier);
          const targetFloor = target.split('/')[0] ?? '';
          assert.ok(
            floor.floors.includes(targetFloor) || allowed.has(`${file} → ${target}`),
            `${file} imports ${target}`,
          );
          if (file.startsWith('webview/'))
            assert.doesNotMatch(target, /Schema\.ts$/, 'no schema reaches the webview');
        } else {
          assert.match(specifier, floor.modules, `${file} imports ${specifier}`);
        }
      }
    });
  }
});
