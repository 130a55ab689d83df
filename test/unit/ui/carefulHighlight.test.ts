/** Code made to stop the highlighter stays plain, in little time; other code has its colours. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { highlightCarefully } from '../../../src/ui/markdown/carefulHighlight.ts';
import { highlight } from '../../../src/ui/markdown/highlight.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';
import { repeated } from '../../support/growth.ts';

/** What this process has worked so far, in milliseconds. */
function cpuClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
/** As if this machine were five times as fast: a busy one may be so slow. */
const slowClock = (): number => cpuClock() / 5;

describe('colours of code', () => {
  const { document } = parseHTML('<body></body>');
  const colour = (language: string, code: string, clock = cpuClock) =>
    highlightCarefully((part) => highlight(language, part, document), code, clock);

  it('are there for long code', () => {
    const code = readFileSync('src/chat/common/protocol.ts', 'utf8').repeat(8).slice(0, 39_000);
    const coloured = colour('typescript', code, slowClock);
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
      const code = repeated(unit)(size);
      assertCpuWithin(5000, () => colour(language, code), `${unit} in ${language}`);
    });
  }
});
