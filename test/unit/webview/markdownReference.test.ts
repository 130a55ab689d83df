/** The rendered DOM against the specifications' own HTML, and what stays out of the DOM whatever is written. */

import assert from 'node:assert/strict';
import { tests as examples } from 'commonmark-spec';
import { parseHTML } from 'linkedom';
import { render } from './markdownDom.ts';

/** Our DOM as the specification writes HTML: no groups, no boxes around code and tables, no names for buttons. */
function asReference(element: HTMLElement): string {
  for (const block of element.querySelectorAll('.code-block'))
    block.replaceWith(...block.querySelectorAll('pre'));
  for (const box of element.querySelectorAll('.markdown-group, .table-scroll'))
    box.replaceWith(...box.childNodes);
  for (const named of element.querySelectorAll('pre, input')) {
    named.removeAttribute('tabindex');
    named.removeAttribute('aria-label');
  }
  return normalize(element);
}

function normalize(element: Element): string {
  for (const child of element.querySelectorAll('*')) {
    const sorted = Array.from(child.attributes).map(({ name, value }) => [name, value] as const);
    for (const [name] of sorted) child.removeAttribute(name);
    for (const [name, value] of sorted.sort(([a], [b]) => b.localeCompare(a)))
      child.setAttribute(name, value);
  }
  const breaks = element.innerHTML.replaceAll('&quot;', '"').replaceAll(/\s*\n\s*/g, '\n');
  return breaks.replaceAll('>\n', '>').replaceAll('\n<', '<').trim();
}

function reference(html: string): string {
  const { document } = parseHTML('<body></body>');
  const element = document.createElement('div');
  element.innerHTML = html.replaceAll('→', '\t');
  // Where an address has no scheme, or another than http, https and mailto, only the words of the link are shown.
  for (const link of element.querySelectorAll('a'))
    if (!/^(https?|mailto):/i.test(link.getAttribute('href') ?? '')) link.replaceWith(...link.childNodes);
  return normalize(element);
}

/** The specification's `/url` and `/uri` with a host, so that its examples of links show links. */
function withHost(text: string): string {
  return text.replaceAll(/(?<![\w/])\/(?=ur[li])/g, 'https://a.b/');
}

/** Examples whose result differs on purpose, besides raw HTML and images: GitHub makes links of bare addresses. */
const deliberate: ReadonlySet<number> = new Set([602, 608, 611, 612]);

const involvesHtmlOrImages = ({ markdown, html }: { markdown: string; html: string }): boolean =>
  /<img/.test(html) || /<[a-z!?/](?![^\n]*:\/\/[^\n]*>)/i.test(markdown);

describe('Markdown against the specifications', () => {
  it('equals the reference of CommonMark where neither raw HTML nor an image is involved', () => {
    let compared = 0;
    for (const example of examples) {
      if (deliberate.has(example.number) || involvesHtmlOrImages(example)) continue;
      const made = asReference(render([example.markdown.replaceAll('→', '\t')]));
      assert.equal(
        made,
        reference(example.html),
        `example ${example.number}: ${JSON.stringify(example.markdown)}`,
      );
      compared++;
    }
    assert.ok(compared > 500, `${compared} examples`);
  });

  it('gives links the addresses and titles of the reference', () => {
    let compared = 0;
    for (const example of examples) {
      const markdown = withHost(example.markdown.replaceAll('→', '\t'));
      const expected = reference(withHost(example.html));
      // A bare address with a host would be a link of its own.
      const bare = /https:/.test(expected.replaceAll(/<[^>]*>/g, ''));
      if (deliberate.has(example.number) || involvesHtmlOrImages(example)) continue;
      if (bare || !expected.includes('<a')) continue;
      assert.equal(asReference(render([markdown])), expected, `example ${example.number}: ${markdown}`);
      compared++;
    }
    assert.ok(compared > 60, `${compared} examples`);
  });

  const github: [name: string, markdown: string, html: string][] = [
    [
      'table',
      '| a | b |\n| :-: | --: |\n| 1 | `\\|` |',
      '<table><thead><tr><th align="center">a</th><th align="right">b</th></tr></thead><tbody><tr><td align="center">1</td><td align="right"><code>|</code></td></tr></tbody></table>',
    ],
    [
      'table ended by a block',
      '| a |\n| - |\n| b |\n> c',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table><blockquote><p>c</p></blockquote>',
    ],
    [
      'task list',
      '- [ ] a\n- [x] b',
      '<ul><li><input disabled="" type="checkbox"> a</li><li><input checked="" disabled="" type="checkbox"> b</li></ul>',
    ],
    ['strikethrough', '~~Hi~~ Hello, ~there~ world!', '<p><del>Hi</del> Hello, <del>there</del> world!</p>'],
    ['three tildes', 'This will ~~~not~~~ strike.', '<p>This will ~~~not~~~ strike.</p>'],
    ['a range', '5~10 and 20~30', '<p>5~10 and 20~30</p>'],
    [
      'www',
      'Visit www.commonmark.org/help for more',
      '<p>Visit <a href="http://www.commonmark.org/help">www.commonmark.org/help</a> for more</p>',
    ],
    [
      'full stop',
      'Visit www.commonmark.org/a.b.',
      '<p>Visit <a href="http://www.commonmark.org/a.b">www.commonmark.org/a.b</a>.</p>',
    ],
    [
      'parentheses',
      '(www.google.com/search?q=Markup+(business))',
      '<p>(<a href="http://www.google.com/search?q=Markup+(business)">www.google.com/search?q=Markup+(business)</a>)</p>',
    ],
    [
      'entity',
      'www.google.com/search?q=commonmark&hl;',
      '<p><a href="http://www.google.com/search?q=commonmark">www.google.com/search?q=commonmark</a>&amp;hl;</p>',
    ],
    [
      'less than',
      'www.commonmark.org/he<lp',
      '<p><a href="http://www.commonmark.org/he">www.commonmark.org/he</a>&lt;lp</p>',
    ],
    [
      'https',
      '(Visit https://encrypted.google.com/search?q=Markup+(business))',
      '<p>(Visit <a href="https://encrypted.google.com/search?q=Markup+(business)">https://encrypted.google.com/search?q=Markup+(business)</a>)</p>',
    ],
    [
      'mail',
      "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
      '<p>hello@mail+xyz.example isn\'t valid, but <a href="mailto:hello+xyz@mail.example">hello+xyz@mail.example</a> is.</p>',
    ],
    [
      'mail ends',
      'a.b-c_d@a.b a.b-c_d@a.b. a.b-c_d@a.b- a.b-c_d@a.b_',
      '<p><a href="mailto:a.b-c_d@a.b">a.b-c_d@a.b</a> <a href="mailto:a.b-c_d@a.b">a.b-c_d@a.b</a>. a.b-c_d@a.b- a.b-c_d@a.b_</p>',
    ],
    ['other scheme', 'ftp://foo.bar.baz', '<p>ftp://foo.bar.baz</p>'],
  ];
  for (const [name, markdown, html] of github) {
    it(`reads GitHub's ${name}`, () => assert.equal(asReference(render([markdown])), reference(html)));
  }

  const chinese: [name: string, markdown: string, html: string][] = [
    [
      'bold text that ends in punctuation',
      '**重点：**后面，**“引号”**也行',
      '<p><strong>重点：</strong>后面，<strong>“引号”</strong>也行</p>',
    ],
    [
      'an address followed by Chinese',
      '见https://a.com/b，或www.a.com。访问https://a.com获取',
      '<p>见<a href="https://a.com/b">https://a.com/b</a>，或<a href="http://www.a.com">www.a.com</a>。访问<a href="https://a.com">https://a.com</a>获取</p>',
    ],
  ];
  for (const [name, markdown, html] of chinese) {
    it(`understands ${name}`, () => assert.equal(asReference(render([markdown])), reference(html)));
  }
});

describe('Markdown as its own sanitiser', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](java&#10;script:alert(1))',
    '[a](&#x6A;avascript:alert(1))',
    '[a]( javascript:alert(1))',
    '<javascript:alert(1)>',
    '[a](command:workbench.action.quit)',
    '[a](vscode://x/y)',
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
    '[a](ws://x.y)',
  ];
  const tags = new Set([
    'DIV',
    'SPAN',
    'BUTTON',
    'P',
    'PRE',
    'CODE',
    'A',
    'H1',
    'TABLE',
    'THEAD',
    'TBODY',
    'TR',
    'TH',
    'TD',
  ]);
  const attributes = new Set([
    'class',
    'type',
    'title',
    'aria-label',
    'aria-hidden',
    'tabindex',
    'href',
    'align',
    'data-info',
    'aria-haspopup',
    'aria-expanded',
  ]);

  for (const text of hostile) {
    it(`keeps out ${JSON.stringify(text)}`, () => {
      for (const element of render([text]).querySelectorAll('*')) {
        assert.ok(tags.has(element.tagName), element.tagName);
        for (const { name } of element.attributes) assert.ok(attributes.has(name), name);
        const href = element.getAttribute('href');
        if (href !== null) assert.match(href, /^(https?:|mailto:)/i);
      }
    });
  }

  for (const address of ['//evil.example/x', '/x', 'x/y.ts', '#part', '?q', '\\\\evil.example']) {
    it(`leaves only the words of a link to ${address}`, () => {
      const element = render([`see [the *words*](${address}) and ![a picture](${address})`]);
      assert.equal(element.querySelector('a'), null);
      assert.equal(element.textContent, 'see the words and a picture');
    });
  }
});
