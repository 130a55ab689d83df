import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findHidden } from '../../../src/base/common/hiddenText.ts';
import { commandsOf, isShellLanguage, toPlainLine } from '../../../src/edit/common/shellCommands.ts';

describe('commands for a terminal', () => {
  for (const [language, code, expected] of [
    ['sh', 'npm ci\n\n# then\nnpm test\n', ['npm ci', 'npm test']],
    ['console', '$ npm ci\nadded 3 packages\n$ npm test', ['npm ci', 'npm test']],
    ['console', 'me@box:~/a$ ls -l\ntotal 0', ['ls -l']],
    ['bash', 'docker run \\\n  -it \\\n  alpine', ['docker run -it alpine']],
    ['powershell', 'PS C:\\Users\\a> dir\n', ['dir']],
    ['cmd', 'C:\\a> dir\r\nREM no\r\n', ['dir']],
    ['bash', 'echo $HOME > out', ['echo $HOME > out']],
    ['bash', '# only a comment', []],
  ] as const) {
    it(`${language}: ${JSON.stringify(code)}`, () => assert.deepEqual(commandsOf(code, language), expected));
  }

  for (const [name, text, expected] of [
    ['the end of a bracketed paste', 'echo a\x1b[201~\rtouch x', 'echo a[201~ touch x'],
    ['the end of a bracketed paste in one byte', 'echo a\x9b201~\ntouch x', 'echo a201~ touch x'],
    ['Ctrl+C, Ctrl+D and Ctrl+J', 'a\x03\x04\x0ab', 'a b'],
    ['a tab, which starts completion', 'ls\t\t', 'ls'],
    ['line separators', 'a\u2028b\u2029c\u0085d', 'a b c d'],
    ['reversed text', 'echo \u202egnp.exe', 'echo gnp.exe'],
    [
      'tags, variation selectors and fillers',
      'ls \u{e0072}\u{e006d}-l\ufe0f\u{e0101}\u3164\uffa0\u115f\u2800',
      'ls -l',
    ],
    ['joiners and blanks without width', 'r\u200dm\u200b -\u2060r', 'rm -r'],
    ['backspaces', 'rm -rf x\b\b\b\b\b\b\b\bls', 'rm -rf xls'],
  ] as const) {
    it(`takes out ${name}`, () => assert.equal(toPlainLine(text), expected));
  }

  it('leaves Chinese and emoji', () => assert.equal(toPlainLine('echo 你好 👩‍💻'), 'echo 你好 👩‍💻'));

  it('never gives a line break or a control character, whatever comes', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\\',
        '$ ',
        '\n',
        '\r',
        '\x1b[201~',
        '\x03',
        '\x9b',
        '\u2028',
        '\t',
        '>',
        '#',
        '\0',
        '\u{e0041}',
        '\ufe0f',
        '\u200d',
        '\u3164',
        '👍',
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(hostile, fc.string({ unit: 'binary' })),
        fc.constantFrom('sh', 'console', 'cmd', 'pwsh'),
        (code, language) => {
          for (const command of commandsOf(code, language)) {
            assert.doesNotMatch(command, /[\p{Cc}\u2028\u2029\u202e]/u);
            assert.deepEqual(findHidden(command), []);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('knows the languages of shells', () => {
    for (const name of ['sh', 'Bash', 'zsh', 'powershell', 'cmd', 'bat', 'console'])
      assert.ok(isShellLanguage(name), name);
    for (const name of ['', 'ts', 'python', 'constructor']) assert.ok(!isShellLanguage(name), name);
  });
});
