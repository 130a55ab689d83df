/** Answers made to stop the panel: deep nesting and long runs of marks cost no more than other text. */

import assert from 'node:assert/strict';
import { parseBlocks, parseInline } from '../../../src/ui/markdown/parser.ts';
import { assertLinear, repeated } from '../../support/growth.ts';
import { panel, render } from './markdownDom.ts';

const extras = { onFinished: () => {} };

describe('Markdown made to stop the panel', () => {
  for (const [opening, closing] of [
    ['*a ', ' a*'],
    ['**a ', ' a**'],
    ['~~a ', ' a~~'],
    ['_', '_'],
    ['[', '](a)'],
    ['> ', ''],
    ['- ', ''],
  ] as const) {
    it(`nests ${JSON.stringify(opening)} no deeper than a page can stand`, () => {
      const element = render([`${opening.repeat(5000)}x${closing.repeat(5000)}`], { ...panel, ...extras });
      let depth = 0;
      for (let inner: Element | null = element; inner; inner = inner.firstElementChild) depth++;
      assert.ok(depth <= 110, `${depth} levels`);
    });
  }

  it('keeps the words and the emphasis of what is nested in reason', () => {
    const element = render([`${'*a '.repeat(50)}x${' a*'.repeat(50)}`], panel);
    assert.equal(element.querySelectorAll('em').length, 50);
    assert.equal(element.textContent, `${'a '.repeat(50)}x${' a'.repeat(50)}`);
  });

  const math = true;
  const read = (text: string): void => {
    parseBlocks(text, { math });
    parseBlocks(text, { math, complete: true });
    parseInline(text, { math, tags: true, lookUp: () => undefined });
  };
  const units = [
    ...'* _ ~ ` $ [ ! < & \\ | "'.split(' '),
    ...'\\( \\[ $a $$ $\\$ [a]( ![ ]( <a <!-- <https://a **a ~~a `$ ``a` www. http://a a@b. [^ *中'.split(
      ' ',
    ),
    ...['[a]: b\n', '> ', '- a\n', '|a|\n', '$$\n', '```\n', ' \n', ' '],
    // Blocks in blocks, as deep as they claim to be.
    ...[
      '```a\n',
      '```a\n```b\n```\n',
      '```md\n\n```\nx\n',
      '~~~md\n```a\n~~~\n',
      '```sh\n<<X\n```\n',
      '> ```md\n> \n> ```\n> x\n',
    ],
    ...['<br>', '<sub>', '<sub></sub>', '</sub><sup>', '<kbd>`'],
  ];
  for (const unit of units)
    it(`reads a long run of ${JSON.stringify(unit)} in linear time`, () =>
      assertLinear(read, repeated(unit), { size: unit.includes('```') ? 64_000 : 16_000, name: unit }));
});
