/** However an answer is cut into chunks, the final DOM is that of the whole text at once. */

import assert from 'node:assert/strict';
import { tests as examples } from 'commonmark-spec';
import fc from 'fast-check';
import { cut, render } from './markdownDom.ts';

/** Pieces that meet each other in every order: starts, ends and continuations of all blocks. */
const pieces = fc.constantFrom(
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  ' ',
  '  ',
  '    ',
  '\t',
  'a',
  'b c',
  '中文，',
  '**',
  '*',
  '_',
  '~~',
  '~',
  '`',
  '```',
  '```js\n',
  '````',
  '~~~',
  '- ',
  '* ',
  '+ ',
  '1. ',
  '2) ',
  '- [ ] ',
  '- [x] t',
  '# ',
  '## h',
  '---',
  '===',
  '***',
  '> ',
  '>',
  '| a | b |',
  '|',
  '|-|-|',
  ':-:|-',
  '[a]',
  '[a]: /u',
  '[a]: /u "t',
  '"t"',
  "'x'",
  '[b][a]',
  '![i](/p)',
  '[c](http://x.y)',
  '<div>',
  '<!--',
  '\\',
  '&amp;',
  'www.a.b',
  'https://a.b/c)',
  'x@y.zz',
  '  - n',
  '   1. n',
  '    code',
  '\u0000',
  '😀',
  '\ud83d',
  '\ude00',
);
const document = fc.array(pieces, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(''));
const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });

describe('Markdown in chunks', () => {
  it('renders each example of the CommonMark specification the same under any chunking', () => {
    for (const { markdown, number } of examples) {
      const text = markdown.replaceAll('→', '\t');
      const whole = render([text]).innerHTML;
      for (const cuts of [[1], [2], [3], [7], [1, 5, 2], [13, 1]]) {
        assert.equal(render(cut(text, cuts)).innerHTML, whole, `example ${number} cut by ${cuts}`);
      }
    }
  }).timeout(60_000);

  it('renders any mixture of blocks the same under any chunking', () => {
    fc.assert(
      fc.property(document, lengths, (text, cuts) => {
        assert.equal(render(cut(text, cuts)).innerHTML, render([text]).innerHTML);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 1500) },
    );
  }).timeout(600_000);

  it('keeps groups of blocks the same under any chunking', () => {
    const text = Array.from({ length: 150 }, (_, index) => `Paragraph ${index}.\n\n- item\n- item\n\n`).join(
      '',
    );
    const whole = render([text]).innerHTML;
    for (const cuts of [[1], [97], [1000, 3]]) assert.equal(render(cut(text, cuts)).innerHTML, whole);
  });
});
