/** Fuzzes the parsers of code in answers (paths, commands, code): no path leaves the workspace, and all take linear time. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fenceFor } from '../../../src/base/common/fence.ts';
import { namedPath } from '../../../src/base/common/namedPath.ts';
import { extractCode } from '../../../src/edit/common/extractCode.ts';
import { fitCode, fitWholeFile } from '../../../src/edit/common/fitCode.ts';
import { normalizeReplacement } from '../../../src/edit/common/normalizeReplacement.ts';
import { commandsOf, toPlainLine } from '../../../src/edit/common/shellCommands.ts';
import { leavesOut, looksLikeWholeFile } from '../../../src/edit/common/wholeFile.ts';
import { assertLinear, repeated } from '../../support/growth.ts';

/** Fragments of paths, comments and fences, and arbitrary text. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'/ \\ .. . ~ : // # -- ; % /* */ <!-- --> file: 路径： title= " \' { } C: \\\\ %2e \u202e \u200b \0'.split(
          ' ',
        ),
      ),
      fc.constantFrom(' ', '\n', '\t', 'a.ts', 'src', 'Makefile', 'file:///etc/passwd', '```', '~~~'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('what is read out of code', () => {
  it('names a path inside of the workspace or none, whatever the fence and the comment hold', () => {
    let named = 0;
    fc.assert(
      fc.property(text, text, (info, code) => {
        for (const found of [
          namedPath(info, code),
          namedPath('', `// ${code}\nx`),
          namedPath('', `/* ${code}*/\nx`),
        ]) {
          if (!found) continue;
          named++;
          assert.doesNotMatch(found.path, /^[/~]|\\|^[A-Za-z]:|(?:^|\/)\.{0,2}(?:\/|$)/);
          assert.doesNotMatch(found.path, /[\p{Cc}\p{Cf}\p{Cs}<>"'|?*:%]/u);
          assert.ok(found.path.length <= 300);
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(named > 20, `${named} paths`);
  });

  it('names the path of a comment between any number of blanks', () => {
    const blanks = ' \t'.repeat(50);
    for (const comment of [
      `// ${blanks}a/b.ts`,
      `/** ${blanks}a/b.ts${blanks}*/`,
      `<!--${blanks}a/b.ts${blanks}-->`,
      `;;; a/b.ts${blanks}`,
    ])
      assert.deepEqual(namedPath('', `${comment}\nx`), { path: 'a/b.ts', codeStart: comment.length + 1 });
    assert.equal(namedPath('', '/**/\nx'), undefined);
    assert.equal(namedPath('', '/*/\nx'), undefined);
    assert.equal(namedPath('', '/* a/b.ts\nx'), undefined);
  });

  const work: Readonly<Record<string, (text: string) => void>> = {
    namedPath: (hostile) => {
      namedPath('', `${hostile}\nx`);
      namedPath(hostile, 'x');
    },
    extractCode: (hostile) => {
      extractCode(hostile, { prose: false, complete: true });
      extractCode(hostile, { prose: false, markdown: true, complete: false });
    },
    commandsOf: (hostile) => {
      commandsOf(hostile, 'sh');
      commandsOf(hostile, 'cmd');
      toPlainLine(hostile);
    },
    looksLikeWholeFile: (hostile) => {
      leavesOut(hostile);
      looksLikeWholeFile(hostile, hostile);
    },
    fitCode: (hostile) => {
      fitCode(hostile, { document: hostile, start: 0, end: hostile.length, eol: '\n' });
      fitWholeFile(hostile, { document: 'a', eol: '\r\n', style: { insertSpaces: true, tabSize: 2 } });
    },
    normalizeReplacement: (hostile) => {
      normalizeReplacement(hostile.split('\n'), { old: ['x'], before: [], after: [], complete: true });
    },
    fenceFor,
  };
  const begun = (start: string, unit: string) => (size: number) => `${start}${repeated(unit)(size)}\u2028x`;
  const hostile: Readonly<Record<string, (size: number) => string>> = {
    'blanks in an open comment': begun('/* ', ' '),
    'blanks in an open HTML comment': begun('<!-- ', ' -'),
    'blanks after a line comment': begun('// ', '\t'),
    'marks of comments': begun('', ';'),
    'blanks after a fence': begun('``` ', ' '),
    'a long fence': begun('', '~'),
    'blank lines': begun('', '\n'),
    returns: begun('', ' \r'),
    backslashes: begun('', '\\\n'),
    folders: begun('', './'),
    words: begun('ts ', 'title="a" '),
    'half an indentation': (size) =>
      `${' '.repeat(size)}a\n${' '.repeat(size / 2)}b\n${' '.repeat(size / 2)}c`,
  };
  for (const [name, run] of Object.entries(work)) {
    it(`costs no more per character in a long text: ${name}`, () => {
      for (const [kind, make] of Object.entries(hostile))
        assertLinear(run, make, { size: 32_000, name: kind });
    });
  }
});
