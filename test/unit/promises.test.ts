/** What SECURITY.md and docs/PROMISES.md promise is held by tests that exist, and that `npm test` runs. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tiers } from '../../scripts/tiers.ts';

const pages = ['SECURITY.md', 'docs/PROMISES.md'];
const reference = /\btest\/[\w/]+\.(?:test|spec)\.ts: [^|\n]*[^|\s]/g;

/** What is wrong with a reference such as `test/unit/promises.test.ts: names a test in each row`. */
function problemOf(text: string): string | undefined {
  const [file = '', title = ''] = text.split(/: (.*)/s);
  if (!tiers.some(({ files }) => files?.test(file))) return 'no tier of `npm test` runs this file';
  const source = readFileSync(file, 'utf8');
  const at = [`'${title}'`, `"${title}"`, `\`${title}\``].map((quoted) => source.indexOf(quoted));
  const first = Math.min(...at.filter((index) => index >= 0));
  if (!Number.isFinite(first)) return 'the file has no test of this title';
  const ahead = source.slice(0, first);
  if (/\.skip\(\s*$/.test(ahead)) return 'the test is skipped';
  // `inFullRun(test, …)('title'` or, under a name of its own, `place('title'`.
  const name = /(\w+)\(\s*$/.exec(ahead)?.[1];
  const isFullOnly =
    /\binFullRun\([^()]*\)\(\s*$/.test(ahead) || ahead.includes(`const ${name} = inFullRun(`);
  return isFullOnly ? 'only `npm run test:full` runs the test' : undefined;
}

describe('what is promised', () => {
  for (const page of pages) {
    it(`${page} names a test in each row`, () => {
      const rowsOfPage = readFileSync(page, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('| ') && !line.startsWith('| --') && !/\| held by +\|$/.test(line));
      assert.ok(rowsOfPage.length >= 10);
      assert.deepEqual(
        rowsOfPage.filter((row) => row.search(reference) < 0),
        [],
      );
    });

    it(`${page}: \`npm test\` runs each of the tests`, () => {
      const references = readFileSync(page, 'utf8').match(reference) ?? [];
      assert.ok(references.length >= 10);
      const problems = references.map((text) => `${text}: ${problemOf(text) ?? 'held'}`);
      assert.deepEqual(
        problems.filter((text) => !text.endsWith(': held')),
        [],
      );
    });
  }

  it('a wrong reference is found', () => {
    const own = 'test/unit/promises.test.ts';
    assert.equal(problemOf(`${own}: a wrong reference is found`), undefined);
    assert.match(problemOf(`${own}: no such test`) ?? '', /no test of this title/);
    assert.match(problemOf('bench/index.ts: x') ?? '', /no tier/);
    const seldom = [
      'disk.spec.ts: a storage that may not be written to',
      'editorPlaces.spec.ts: a lens above code asks about it',
    ];
    for (const text of seldom) assert.match(problemOf(`test/ui/${text}`) ?? '', /only `npm run test:full`/);
  });
});
