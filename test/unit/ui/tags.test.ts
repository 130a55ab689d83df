/** The tags of HTML that answers may use. */

import assert from 'node:assert/strict';
import { panel, render } from './markdownDom.ts';

const html = (text: string): string => render([text], panel).innerHTML;

describe('tags in answers', () => {
  const shown: readonly (readonly [text: string, html: string])[] = [
    ['a<br>b<br/>c<BR />d', '<p>a<br>b<br>c<br>d</p>'],
    ['H<sub>2</sub>O, x<sup>2</sup>', '<p>H<sub>2</sub>O, x<sup>2</sup></p>'],
    ['按 <kbd>Ctrl</kbd>+<KBD>C</KBD>', '<p>按 <kbd>Ctrl</kbd>+<kbd>C</kbd></p>'],
    ['<sup>**a** `b`</sup>', '<p><sup><strong>a</strong> <code>b</code></sup></p>'],
    ['**x<sub>1</sub>**', '<p><strong>x<sub>1</sub></strong></p>'],
    ['[x<sub>1</sub>](https://a.b)', '<p><a title="https://a.b" href="https://a.b">x<sub>1</sub></a></p>'],
    ['<sub>a<sup>b</sup></sub>', '<p><sub>a<sup>b</sup></sub></p>'],
  ];
  for (const [text, expected] of shown) {
    it(`are elements: ${text}`, () => {
      assert.equal(html(text), expected);
    });
  }

  it('break lines in cells', () => {
    assert.match(html('| a |\n|-|\n| one<br>two |'), /<td>one<br>two<\/td>/);
  });

  const letters = [
    '`<br>` and `<sub>x</sub>`',
    '<sub>never closed',
    '</sub>',
    '<sub>a<sub>b',
    '<sub class="x">a</sub>',
    '<br onload="x">',
    '<div>a</div>',
    '<sub>`</sub>` more',
    '\\<br>',
    `<kbd>${'x'.repeat(2000)}</kbd>`,
  ];
  for (const text of letters) {
    it(`stay letters: ${text.slice(0, 40)}`, () => {
      const shownText = render([text], panel);
      assert.equal(shownText.querySelectorAll('br, sub, sup, kbd, div').length, 0);
    });
  }

  it('are letters where the specifications count', () => {
    assert.equal(render(['a<br>b<sub>c</sub>']).innerHTML, '<p>a&lt;br&gt;b&lt;sub&gt;c&lt;/sub&gt;</p>');
  });
});
