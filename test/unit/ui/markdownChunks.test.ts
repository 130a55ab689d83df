/** However an answer is cut into chunks, the final DOM is that of the whole text at once. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MarkdownOptions } from '../../../src/ui/markdown/index.ts';
import { isFullRun } from '../../support/fullRun.ts';
import { cut, cuttings, panel, render } from './markdownDom.ts';
import { specExamples } from './specExamples.ts';

const math: MarkdownOptions = { onFinished: () => {} };

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
  '```md\n',
  '```sh\n',
  'cat <<E\n',
  'E\n',
  'a:\n```\n',
  '$',
  '$$',
  '$$\n',
  '\\[\n',
  '\\]\n',
  '\\(x\\)',
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
  '<br>',
  '<sub>',
  '</sub>',
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

/** How often an example is cut: after each unit, in pairs, and at random. All of it when what renders has changed. */
const isFull = isFullRun(['src/ui/markdown', 'test/unit/ui', 'package-lock.json']);
const chunkings = isFull ? 20 : 5;
/** Most examples are in both specifications. */
const examples = [...new Map(specExamples.map((example) => [example.markdown, example])).values()];

describe('Markdown in chunks', () => {
  it(`renders each example of the specifications the same under ${chunkings} chunkings`, () => {
    let compared = 0;
    for (const { name, markdown } of examples) {
      const whole = render([markdown]).innerHTML;
      for (const chunks of cuttings(markdown, chunkings)) {
        assert.equal(chunks.join(''), markdown);
        assert.equal(render(chunks).innerHTML, whole, `${name} in ${JSON.stringify(chunks)}`);
        compared++;
      }
    }
    console.log(`      ${examples.length} examples, ${compared} chunkings`);
  });

  it('renders them the same with headers, boxes and formulas too', () => {
    for (const { name, markdown } of examples) {
      const whole = render([markdown], { ...panel, ...math }).innerHTML;
      for (const chunks of cuttings(markdown, isFull ? 4 : 2))
        assert.equal(render(chunks, { ...panel, ...math }).innerHTML, whole, name);
    }
  });

  it('renders any mixture of blocks the same under any chunking', () => {
    fc.assert(
      fc.property(document, lengths, (text, cuts) => {
        assert.equal(render(cut(text, cuts)).innerHTML, render([text]).innerHTML);
        assert.equal(
          render(cut(text, cuts), { ...panel, ...math }).innerHTML,
          render([text], { ...panel, ...math }).innerHTML,
        );
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? (isFull ? 1500 : 500)) },
    );
  });

  it('keeps groups of blocks the same under any chunking', () => {
    const text = Array.from({ length: 150 }, (_, index) => `Paragraph ${index}.\n\n- item\n- item\n\n`).join(
      '',
    );
    const whole = render([text]).innerHTML;
    for (const cuts of [[1], [97], [1000, 3]]) assert.equal(render(cut(text, cuts)).innerHTML, whole);
  });
});
