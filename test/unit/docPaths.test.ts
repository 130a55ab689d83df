import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** Paths in backticks that end with `.ts` or a slash, without placeholders. */
function pathsIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([\w./-]+?(?:\.ts|\/))`/g)].map(([, named = '']) => named);
}

describe('the documents for developers', () => {
  for (const document of ['docs/ARCHITECTURE.md', 'docs/PROVIDERS.md', 'CONTRIBUTING.md']) {
    it(`${document}: every path is there`, () => {
      const paths = pathsIn(readFileSync(path.join(root, document), 'utf8')).filter((named) =>
        named.includes('/'),
      );
      assert.ok(paths.length > 10);
      const folders = ['', 'src', 'src/providers'];
      assert.deepEqual(
        paths.filter((named) => !folders.some((folder) => existsSync(path.join(root, folder, named)))),
        [],
      );
    });
  }

  it('are read for paths', () => {
    assert.deepEqual(pathsIn('`a/b.ts`, `c/`, `d()`, `e/<name>/` and f/g.ts'), ['a/b.ts', 'c/']);
  });
});
