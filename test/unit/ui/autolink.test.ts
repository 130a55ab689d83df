/** What counts as a mail address, and that looking for one stays cheap. */

import assert from 'node:assert/strict';
import { splitEmails } from '../../../src/ui/markdown/autolink.ts';
import { assertLinear } from '../../support/growth.ts';
import { render } from './markdownDom.ts';

describe('autolinks', () => {
  const addresses = (text: string) => splitEmails(text).filter((_, index) => index % 2 === 1);

  it('take local parts of up to 64 characters, whole or not at all', () => {
    const longest = `${'a'.repeat(64)}@b.example`;
    assert.deepEqual(addresses(`to ${longest}, please`), [longest]);
    assert.deepEqual(addresses(`a${longest}`), []);
    assert.deepEqual(addresses('mailto:a@b.example'), ['mailto:a@b.example']);
    assert.deepEqual(addresses('你好a@b.example。'), ['a@b.example']);
  });

  it('end before what GitHub does not count to an address', () => {
    const hrefs = (text: string) =>
      [...render([text]).querySelectorAll('a')].map((link) => link.getAttribute('href'));
    assert.deepEqual(hrefs('www.a.b/c(d))).!&amp;'), ['http://www.a.b/c(d)']);
    assert.deepEqual(hrefs('www.a.b/c&d;&e; www.a.b/&; www.a.b/c;'), [
      'http://www.a.b/c',
      'http://www.a.b/&;',
      'http://www.a.b/c;',
    ]);
  });

  const growing: [name: string, make: (size: number) => string][] = [
    ['a dotted name before an @', (size) => `${'a.'.repeat(size / 2)}@`],
    ['many @', (size) => 'a@'.repeat(size / 2)],
    ['exclamation marks in an address', (size) => `http://a.b/${'!'.repeat(size)}x`],
    ['brackets that end an address', (size) => `http://a.b/${')'.repeat(size)}`],
    ['entities that end an address', (size) => `http://a.b/${'&a;'.repeat(size / 3)}`],
    ['letters before a colon', (size) => `${'a'.repeat(size)}1://`],
  ];
  for (const [name, make] of growing) {
    it(`cost no more per character in a long text: ${name}`, () => {
      assertLinear((text) => render([text]), make, { size: 64_000, name });
    });
  }
});
