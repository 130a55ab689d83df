/** What SECURITY.md and docs/PROMISES.md promise is held by tests that exist. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const pages = ['SECURITY.md', 'docs/PROMISES.md'];
const reference = /\btest\/[\w/]+\.(?:test|spec)\.ts: [^|\n]*[^|\s]/g;

describe('what is promised', () => {
  for (const page of pages) {
    const references = readFileSync(page, 'utf8').match(reference) ?? [];

    it(`${page} names a test in each row`, () => {
      const rows = readFileSync(page, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('| ') && !line.startsWith('| --') && !/\| held by +\|$/.test(line));
      assert.ok(rows.length >= 10);
      assert.deepEqual(
        rows.filter((row) => row.search(reference) < 0),
        [],
      );
    });

    for (const text of references) {
      it(`${page}: ${text}`, () => {
        const [file = '', title = ''] = text.split(/: (.*)/s);
        const source = readFileSync(file, 'utf8');
        assert.ok(
          [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted)),
          `${file} has no test “${title}”`,
        );
        const ahead = source.slice(0, source.indexOf(title));
        assert.doesNotMatch(ahead.slice(-12), /\.skip\(/, `${title} is skipped`);
      });
    }
  }
});
