/** What stays out of the DOM whatever is written, with the specifications' DOM and with the panel's. */

import assert from 'node:assert/strict';
import { panel, render } from './markdownDom.ts';

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java&#10;script:alert(1))',
  '[a](<java&#10;script:alert(1)>)',
  '[a](java%0ascript:alert(1))',
  '[a](&#1;javascript:alert(1))',
  '[a](&#x6A;avascript:alert(1))',
  '[a]( javascript:alert(1))',
  '[a](<&#32;javascript:alert(1)>)',
  '[a](&nbsp;javascript:alert(1))',
  '<javascript:alert(1)>',
  '[a](command:workbench.action.quit)',
  '<command:workbench.action.quit>',
  '[a](vscode://x/y)',
  '[a](vscode-insiders://x/y)',
  '[a](code-oss://x/y)',
  '[a](file:///etc/passwd)',
  '[a](data:text/html,<script>alert(1)</script>)',
  '![a](data:image/svg+xml,<svg onload=alert(1)>)',
  '![a](https://x.y/pixel.png)',
  '[a]: javascript:alert(1)\n\n[a]',
  '![a](javascript:alert(1))',
  '```js" onclick="alert(1)\nx\n```',
  '| a |\n|-|\n| <svg onload=alert(1)> |',
  '[a](vbscript:msgbox(1))',
  '[x](<javascript:alert(1)> "t")',
  '<a href="javascript:alert(1)">x</a>',
  '[a](\u0001javascript:alert(1))',
  '<https://x.y/"onmouseover="alert(1)>',
  '# <iframe srcdoc="x">',
  '[a](blob:https://x.y/1)',
  '[a](ms-msdt:/id)',
  '[a](view-source:https://x.y)',
  '$\\href{javascript:alert(1)}{x}$',
  '<sub onclick="alert(1)">x</sub>',
  '<kbd><script>alert(1)</script></kbd>',
  '<br/onload=alert(1)>',
  '<sup>[a](javascript:alert(1))</sup>',
  '[a](src/a.ts#L3"onclick="alert(1))',
  '[a](../../etc/passwd.txt:3)',
  '[a](file:///etc/passwd.txt)',
  '[a](//evil.example/a.ts:3)',
  '`src/a.ts:3` src/b.ts:4',
];
const tags = new Set('DIV SPAN BUTTON P PRE CODE A H1 TABLE THEAD TBODY TR TH TD SUP KBD'.split(' '));
const attributes = new Set(
  'class type title aria-label aria-hidden aria-haspopup aria-expanded data-info data-file role tabindex href align'.split(
    ' ',
  ),
);
const harmful = /^\s*(?:javascript|vbscript|data|file|blob|command|vscode.*|code-oss|ms-.*|view-source):/i;

describe('Markdown as its own sanitiser', () => {
  for (const text of hostile) {
    it(`keeps out ${JSON.stringify(text)}`, () => {
      const elements = [...all(render([text])), ...all(render([text], { ...panel, onFinished: () => {} }))];
      for (const element of elements) {
        assert.ok(tags.has(element.tagName), element.tagName);
        for (const { name } of element.attributes) assert.ok(attributes.has(name), name);
        const href = element.getAttribute('href');
        if (href !== null) assert.doesNotMatch(decodeURIComponent(href).replaceAll(/\s/g, ''), harmful);
      }
    });
  }

  for (const address of ['//evil.example/x', '/x', '#part', '?q', '\\\\evil.example', 'ftp://a.b']) {
    it(`leaves only the words of a link to ${address} in the panel`, () => {
      const element = render([`see [the *words*](${address}) and ![a picture](${address})`], panel);
      assert.equal(all(element).filter(({ tagName }) => tagName === 'A').length, 0);
      assert.equal(element.textContent, 'see the words and a picture');
    });
  }

  it('gives a link to a file no address that a browser follows', () => {
    const [link, ...others] = render(['[the words](x/y.ts) ![a picture](x/y.ts)'], panel).querySelectorAll(
      'a',
    );
    assert.equal(link?.getAttribute('data-file'), 'x/y.ts');
    for (const shown of [link, ...others]) assert.equal(shown?.getAttribute('href'), null);
  });

  const places: [text: string, shown: string][] = [
    ['[https://good.example/login](https://evil.example/x)', 'https://good.example/login (evil.example)'],
    ['[**www.good.com**](https://evil.example)', 'www.good.com (evil.example)'],
    ['[good.com/a](mailto:x@evil.example?subject=y)', 'good.com/a (mailto:x@evil.example)'],
    ['[https://good.com@evil.example](https://good.com)', 'https://good.com@evil.example (good.com)'],
    ['[https://good\u200b.com](https://evil.example)', 'https://good\u200b.com (evil.example)'],
    ['![https://good.com](https://evil.example/p.png)', 'https://good.com (evil.example)'],
    ['[www.good.com](https://good.com/a)', 'www.good.com'],
    ['[Node.js](https://nodejs.org) and https://a.b/c', 'Node.js and https://a.b/c'],
  ];
  for (const [text, shown] of places) {
    it(`says where ${JSON.stringify(text)} leads`, () =>
      assert.equal(render([text], panel).textContent, shown));
  }

  it('gives links a title that begins with the address, whatever their own title says', () => {
    const link = render(['[words](https://evil.example/ "https://good.example/")'], panel).querySelector('a');
    assert.equal(link?.getAttribute('title'), 'https://evil.example/\nhttps://good.example/');
  });
});

function all(element: Element): Element[] {
  return Array.from(element.querySelectorAll('*'));
}
