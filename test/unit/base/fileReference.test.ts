import assert from 'node:assert/strict';
import {
  formatFileReference,
  parseFileReference,
  referencesIn,
} from '../../../src/base/common/fileReference.ts';

describe('references to files', () => {
  const read: readonly (readonly [text: string, path: string, line?: number, endLine?: number])[] = [
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts', 'src/a.ts'],
    ['src\\a.ts:3', 'src/a.ts', 3],
    ['src/a.ts:12', 'src/a.ts', 12],
    ['src/a.ts:12:5', 'src/a.ts', 12],
    ['src/a.ts:12-20', 'src/a.ts', 12, 20],
    ['src/a.ts:12:1-20:5', 'src/a.ts', 12, 20],
    ['src/a.ts:L12-L20', 'src/a.ts', 12, 20],
    ['src/a.ts#L10', 'src/a.ts', 10],
    ['src/a.ts#L10-L20', 'src/a.ts', 10, 20],
    ['src/a.ts#L10C3-L20C5', 'src/a.ts', 10, 20],
    ['src/a.ts#L20-L10', 'src/a.ts', 20],
    ['src/a%20b.ts#L1', 'src/a b.ts', 1],
    ['文档/说明.md:3', '文档/说明.md', 3],
    ['Dockerfile:3', 'Dockerfile', 3],
    ['app/[id]/page.tsx:4', 'app/[id]/page.tsx', 4],
    ['/home/me/shop/src/a.ts:3', '/home/me/shop/src/a.ts', 3],
    ['file:///home/me/a.ts#L3', '/home/me/a.ts', 3],
    ['C:\\shop\\a.ts:3', 'C:/shop/a.ts', 3],
    ['file:///c%3A/shop/a.ts#L3', '/c:/shop/a.ts', 3],
  ];
  for (const [text, path, line, endLine] of read) {
    it(`are read: ${text}`, () => {
      const reference = parseFileReference(text);
      assert.deepEqual(reference, { path, ...(line ? { line } : {}), ...(endLine ? { endLine } : {}) });
      assert.ok(reference);
      assert.deepEqual(parseFileReference(formatFileReference(reference)), reference);
    });
  }

  for (const text of [
    '',
    '../a.ts',
    'src/../../a.ts',
    '/etc/../passwd.txt',
    'https://a.b/c.ts',
    'javascript:alert(1)',
    'command:x.y',
    'file://host/share/a.ts',
    '//host/a.ts',
    '\\\\host\\a.ts',
    '\\host\\a.ts',
    'and/or',
    'application/json',
    '~/a.ts',
    '%E0%A4%A',
    'a\u0000.ts',
    `${'a/'.repeat(300)}b.ts`,
  ]) {
    it(`are none: ${JSON.stringify(text).slice(0, 40)}`, () =>
      assert.equal(parseFileReference(text), undefined));
  }

  it('are found in running text, with a line only', () => {
    const found = (text: string) => referencesIn(text).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(found('See src/a.ts:12, then src/b.ts:3-5 and lib/c.py#L7.'), [
      'src/a.ts:12',
      'src/b.ts:3-5',
      'lib/c.py#L7',
    ]);
    assert.deepEqual(found('src/a.ts:12: reads twice, src/a.ts:12:5: too'), ['src/a.ts:12', 'src/a.ts:12:5']);
    assert.deepEqual(found('见src/a.ts:12。另见cart.ts:3'), ['src/a.ts:12', 'cart.ts:3']);
    assert.deepEqual(found('Node.js, v1.2.py, console.log, src/a.ts, at 12:30, http://a.b/c.ts:80/x'), []);
  });
});
