/** No regular expression of the product takes more than linear time, whatever text comes: most of it comes from outside. */

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { regExpsIn } from '../support/regExpLiterals.ts';
import { type RegExpSource, slowParts } from '../support/slowRegExp.ts';

const src = path.join(import.meta.dirname, '../../src');

/** Files that make expressions as they are loaded; those are looked at too. */
const madeOnLoad = [
  'base/common/hiddenText.ts',
  'context/host/findSecret.ts',
  'context/host/secretShapes.ts',
  'providers/messages/imageModels.ts',
  'providers/messages/images.ts',
  'providers/messages/toolModels.ts',
  'ui/markdown/autolink.ts',
  'ui/markdown/linkAddress.ts',
];

/** Files that make expressions later, and why those are linear. */
const madeLater: Readonly<Record<string, string>> = {
  'compare/common/markdownQuestions.ts': 'a number of blanks at the start of a line',
  'chat/host/history/historySearch.ts': 'the query alone, escaped',
  'chat/webview/find/matches.ts': 'the query alone, escaped, and a run of blanks for a blank',
  'ui/markdown/openFence.ts': 'at the start of a line: a run of one character, then blanks',
};

describe('regular expressions', () => {
  const files = globSync('**/*.ts', { cwd: src })
    .map((file) => file.replaceAll('\\', '/'))
    .map((file) => ({ file, ...regExpsIn(file, readFileSync(path.join(src, file), 'utf8')) }));

  it('are linear in the text', () => {
    assert.ok(files.flatMap(({ literals }) => literals).length > 300);
    const slow = files.flatMap(({ file, literals }) =>
      literals.flatMap((literal) => {
        const [reason] = slowParts(literal);
        if (reason === undefined) return [];
        return { name: `${file}: /${literal.source}/${literal.flags}`, line: literal.line, reason };
      }),
    );
    assert.deepEqual(slow, []);
  });

  it('are so too where they are put together from text', async () => {
    const known = new Set([...madeOnLoad, ...Object.keys(madeLater)]);
    assert.deepEqual(
      files
        .filter(({ made }) => made.length > 0)
        .map(({ file }) => file)
        .sort(),
      [...known].sort(),
    );
    const made = await recordRegExps(madeOnLoad);
    assert.ok(made.length >= madeOnLoad.length);
    assert.deepEqual(
      made.flatMap((one) => slowParts(one).map((reason) => `/${one.source}/${one.flags}: ${reason}`)),
      [],
    );
  });

  const bad: RegExpSource[] = [
    { source: '^(a+)+$', flags: '' },
    { source: '\\s+$', flags: '' },
    { source: '^\\/\\*+\\s*(.+?)\\s*\\*\\/$', flags: '' },
    { source: '\\bnode\\b.*--test\\b', flags: '' },
    { source: '^\\s*x', flags: 'm' },
    { source: '/\\*[^]*?\\*/', flags: 'g' },
  ];
  for (const one of bad)
    it(`would be found: /${one.source}/${one.flags}`, () => assert.notDeepEqual(slowParts(one), []));
});

/** What the modules pass to `RegExp` while they are loaded once more. */
async function recordRegExps(modules: readonly string[]): Promise<RegExpSource[]> {
  // What libraries make while they are loaded is not ours.
  for (const module of modules) await import(path.join(src, module));
  const made: RegExpSource[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, [source, flags]: [string | RegExp, string?]) {
      const one = new target(source, flags);
      made.push({ source: one.source, flags: one.flags });
      return one;
    },
  });
  try {
    for (const module of modules) await import(`${path.join(src, module)}?recorded`);
  } finally {
    globalThis.RegExp = plain;
  }
  return made;
}
