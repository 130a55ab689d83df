/** Code made to stop the highlighter stays plain, in little time; other code has its colours. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { highlightCarefully } from '../../../src/webview/markdown/carefulHighlight.ts';
import { highlight } from '../../../src/webview/markdown/highlight.ts';
import { cpuTimeOf } from '../../support/cpuTime.ts';
import { repeated } from '../../support/growth.ts';

/** What this process has worked so far, in milliseconds. */
function cpuClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('colours of code', () => {
  const { document } = parseHTML('<body></body>');
  const colour = (language: string, code: string) =>
    highlightCarefully((part) => highlight(language, part, document), code, cpuClock);

  it('are there for long code', () => {
    const code = readFileSync('src/core/panelStrings.ts', 'utf8').repeat(8).slice(0, 39_000);
    const coloured = colour('typescript', code);
    assert.equal(Array.from(coloured?.childNodes ?? [], (node) => node.textContent).join(''), code);
    assert.ok((coloured?.childNodes.length ?? 0) > 1000);
    assert.equal(colour('nonsense', code), undefined);
  });

  for (const [language, unit, size = 40_000] of [
    // Cubic: with more of it the test would not end without the guard.
    ['markdown', '[a](', 12_000],
    ['csharp', 'a\n'],
    ['csharp', 'async '],
    ['java', '$a'],
    ['ini', 'a-b'],
    ['ini', '1.'],
    ['typescript', '_a'],
  ] as const) {
    it(`hold up nothing: ${size} characters of ${JSON.stringify(unit)} in ${language}`, () => {
      const milliseconds = cpuTimeOf(() => colour(language, repeated(unit)(size)), { runs: 1 });
      assert.ok(milliseconds < 1500, `${milliseconds} ms`);
    });
  }
});
