/** Blocks that are as long as answers: what comes is shown at once, and costs in proportion to itself. */

import assert from 'node:assert/strict';
import { parseHTML } from 'linkedom';
import { createMarkdownStream } from '../../../src/ui/markdown/index.ts';
import { assertLinear } from '../../support/growth.ts';
import { cut, panel, render } from './markdownDom.ts';

const blocks: Record<string, (length: number) => string> = {
  'a paragraph': (length) => 'The *total* of **all** orders `sum`; '.repeat(length / 37),
  'a quote': (length) => '> The *total* of **all** orders\n'.repeat(length / 32),
  'an item with a list': (length) => `- orders\n${'  - the **total** of all\n'.repeat(length / 25)}`,
  'a line of code': (length) => `\`\`\`json\n${'{"total": [1, 2, 3]}, '.repeat(length / 22)}`,
  'indented code': (length) => '    the total of all orders\n'.repeat(length / 28),
};

describe('a block as long as an answer', () => {
  for (const [name, make] of Object.entries(blocks)) {
    it(`shows each delta at once: ${name}`, () => {
      const target = parseHTML('<body></body>').document.createElement('div');
      const stream = createMarkdownStream(target, panel);
      stream.append(make(12_000));
      for (const word of ['first', ' second', ' third']) {
        stream.append(word);
        assert.ok(target.textContent?.endsWith(word), word);
      }
    });

    it(`gives way to the next block soon: ${name}`, () => {
      const target = parseHTML('<body></body>').document.createElement('div');
      const stream = createMarkdownStream(target, panel);
      stream.append(make(12_000));
      for (const piece of name === 'a line of code' ? ['\n```', '\n', '\n'] : ['\n', '\n'])
        stream.append(piece);
      for (const piece of cut(`# Next\n\n${'word '.repeat(60)}`, [20])) stream.append(piece);
      assert.equal(target.querySelector('h1')?.textContent, 'Next');
    });

    it(`is in the end what it is in one piece: ${name}`, () => {
      const text = `${make(30_000)}\n\nThe end.`;
      const whole = render([text], panel).innerHTML;
      for (const length of [1500, 997]) assert.equal(render(cut(text, [length]), panel).innerHTML, whole);
    });

    it(`takes time in proportion to its length: ${name}`, () =>
      assertLinear((text) => render(cut(text, [400]), panel), make, { size: 32_000, name }));
  }
});
