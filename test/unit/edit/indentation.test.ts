import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitCode, fitWholeFile } from '../../../src/edit/common/fitCode.ts';
import { reindent, usesSpaces } from '../../../src/edit/common/indentation.ts';

const tabs = { insertSpaces: false, tabSize: 4 };
const spaces = { insertSpaces: true, tabSize: 4 };

/** Inserts code at `|`, or replaces the text between two of them. */
function put(marked: string, code: string, style?: typeof tabs): string {
  const [before = '', replaced = '', after] = marked.split('|');
  const document = after === undefined ? before + replaced : before + replaced + after;
  const end = after === undefined ? before.length : before.length + replaced.length;
  const eol = document.includes('\r\n') ? '\r\n' : '\n';
  const fitted = fitCode(code, { document, start: before.length, end, eol, style });
  return document.slice(0, before.length) + fitted + document.slice(end);
}

describe('re-indenting', () => {
  it('replaces the common indentation and keeps the relative one', () => {
    assert.equal(reindent('  if (a) {\n    b();\n  }', '\t'), 'if (a) {\n\t  b();\n\t}');
    assert.equal(reindent('一\n\n  二\n   ', '    '), '一\n\n      二\n');
  });

  it('writes tabs or spaces as the document does, where the code agrees with itself', () => {
    assert.equal(reindent('a {\n  b {\n    c\n  }\n}', '', tabs), 'a {\n\tb {\n\t\tc\n\t}\n}');
    assert.equal(reindent('a\n\tb\n\t\tc', '  ', spaces), 'a\n      b\n          c');
  });

  it('leaves uneven or mixed indentation alone', () => {
    assert.equal(reindent('a(b,\n   c)', '', tabs), 'a(b,\n   c)');
    assert.equal(reindent('a\n\tb\n  c', '', spaces), 'a\n\tb\n  c');
  });

  it('sees a first line that lost its indentation', () => {
    assert.equal(reindent('f() {\n        x();\n    }', '  '), 'f() {\n      x();\n  }');
    assert.equal(reindent('x = [\n    1,\n    ]', ''), 'x = [\n    1,\n    ]');
  });

  it('tells tabs from spaces', () => {
    assert.deepEqual(
      [usesSpaces('a\n\tb'), usesSpaces('a\n  b'), usesSpaces('a'), usesSpaces('\ta\n  b')],
      [false, true, undefined, undefined],
    );
  });
});

describe('fitting code in', () => {
  for (const [name, marked, code, expected] of [
    ['into an empty line', 'a {\n    |\n}\n', 'x\n  y', 'a {\n    x\n      y\n}\n'],
    ['in mid-line', '  const a = |;', '{\n  b: 1,\n}', '  const a = {\n    b: 1,\n  };'],
    ['above a line', '|    foo();\n', 'a();\nb();', '    a();\n    b();\n    foo();\n'],
    ['above a line, behind its indentation', '    |foo();', 'a {\n}', '    a {\n    }\n    foo();'],
    ['one line as a part of its line', '  |foo()', 'await ', '  await foo()'],
    ['with CRLF', 'a\r\n\t|\r\nb', 'x\ny', 'a\r\n\tx\r\n\ty\r\nb'],
    ['for whole lines', 'a\n|    b\n    c\n|d', 'B', 'a\n    B\nd'],
    ['for the rest of lines', 'a {\n    |b\n    c|\n}', 'B\nC', 'a {\n    B\n    C\n}'],
    ['for a word', 'let |a| = 1', 'b', 'let b = 1'],
    ['in a document that begins with a line break', '|\nx', 'a', 'a\nx'],
  ] as const) {
    it(name, () => assert.equal(put(marked, code), expected));
  }

  it('keeps all around it, to the character', () => {
    const line = fc.stringMatching(/^[ \t]{0,4}[a-z你好🌏{};]{0,6}$/u);
    const eols = fc.constantFrom('\n' as const, '\r\n' as const);
    fc.assert(
      fc.property(
        fc.array(line),
        fc.array(line, { minLength: 1 }),
        eols,
        fc.nat(),
        fc.nat(),
        (lines, codeLines, eol, from, to) => {
          const document = lines.join(eol);
          const cut = (offset: number): number => {
            const at = offset % (document.length + 1);
            return document.slice(at - 1, at + 1) === '\r\n' ? at - 1 : at;
          };
          const [start = 0, end = 0] = [cut(from), cut(to)].sort((a, b) => a - b);
          const fitted = fitCode(codeLines.join('\n'), { document, start, end, eol, style: spaces });
          const words = (text: string): string => text.replaceAll(/\s/g, '');
          assert.equal(words(fitted), words(codeLines.join('')));
          if (eol === '\n') assert.doesNotMatch(fitted, /\r/);
          else assert.doesNotMatch(fitted, /(?<!\r)\n/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('ends a whole file as the old one ended', () => {
    const whole = (document: string, eol: '\n' | '\r\n' = '\n') =>
      fitWholeFile('a\n\tb\n', { document, eol });
    assert.deepEqual(
      [whole('x\n'), whole('x'), whole('x\r\n', '\r\n')],
      ['a\n\tb\n', 'a\n\tb', 'a\r\n\tb\r\n'],
    );
  });
});
