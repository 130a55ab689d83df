/** The rendered DOM against the specifications' own HTML. */

import assert from 'node:assert/strict';
import { parseHTML } from 'linkedom';
import { render } from './markdownDom.ts';
import { involvesHtml, specExamples, withHtmlAsText } from './specExamples.ts';

/** Attributes in order, line breaks between elements gone. */
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

/** The specification's HTML, with each image as the link to it that Qiao shows in its place. */
function reference(html: string): string {
  const { document } = parseHTML('<body></body>');
  const element = document.createElement('div');
  element.innerHTML = html;
  for (const image of element.querySelectorAll('img')) {
    const address = image.getAttribute('src') ?? '';
    const words = image.getAttribute('alt') || address;
    if (image.closest('a')) {
      image.replaceWith(words);
      continue;
    }
    const link = document.createElement('a');
    link.setAttribute('href', address);
    const title = image.getAttribute('title');
    if (title !== null) link.setAttribute('title', title);
    link.textContent = words;
    image.replaceWith(link);
  }
  return normalize(element);
}

const bareAddress =
  'GitHub’s extension makes a link of the bare address that plain CommonMark leaves as text';
/** Where the DOM differs on purpose from the HTML of the specification. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['CommonMark 602', bareAddress],
  ['CommonMark 608', bareAddress],
  ['CommonMark 611', bareAddress],
  ['CommonMark 612', bareAddress],
  // GitHub's text keeps CommonMark's examples, and contradicts them in its own section 6.9.
  ['GitHub 611', bareAddress],
  ['GitHub 617', bareAddress],
  ['GitHub 620', bareAddress],
  ['GitHub 621', bareAddress],
]);

describe('Markdown against the specifications', () => {
  it('equals the reference of each example', () => {
    const counts = { equal: 0, withHtmlAsText: 0, image: 0 };
    const wrong: string[] = [];
    for (const example of specExamples) {
      const isHtml = involvesHtml(example);
      const expected = reference(isHtml ? withHtmlAsText(example) : example.html);
      const made = normalize(render([example.markdown]));
      if (exceptions.has(example.name)) {
        assert.notEqual(made, expected, `${example.name} is no exception any more`);
        continue;
      }
      if (made !== expected) {
        wrong.push(`${example.name}: ${JSON.stringify(example.markdown)}\n  ${made}\n  ${expected}`);
        continue;
      }
      if (isHtml) counts.withHtmlAsText++;
      else if (example.html.includes('<img')) counts.image++;
      else counts.equal++;
    }
    assert.deepEqual(wrong, [], wrong.join('\n'));
    console.log(
      `      ${specExamples.length} examples: ${counts.equal} equal the reference, ${counts.image} with images as links, ${counts.withHtmlAsText} with raw HTML as text, ${exceptions.size} exceptions`,
    );
    for (const [name, reason] of exceptions) console.log(`      exception ${name}: ${reason}`);
  });

  const more: [name: string, markdown: string, html: string][] = [
    ['a range', '5~10 and 20~30', '<p>5~10 and 20~30</p>'],
    ['another scheme', 'ftp://foo.bar.baz', '<p>ftp://foo.bar.baz</p>'],
    [
      'bold text that ends in Chinese punctuation',
      '**重点：**后面，**“引号”**也行',
      '<p><strong>重点：</strong>后面，<strong>“引号”</strong>也行</p>',
    ],
    [
      'bold text that ends in a small form of Chinese punctuation',
      '**重點﹕**後面',
      '<p><strong>重點﹕</strong>後面</p>',
    ],
    [
      'an address followed by Chinese',
      '见https://a.com/b，或www.a.com。访问https://a.com获取',
      '<p>见<a href="https://a.com/b">https://a.com/b</a>，或<a href="http://www.a.com">www.a.com</a>。访问<a href="https://a.com">https://a.com</a>获取</p>',
    ],
  ];
  for (const [name, markdown, html] of more) {
    it(`understands ${name}`, () => assert.equal(normalize(render([markdown])), reference(html)));
  }
});
