import assert from 'node:assert/strict';
import { namedPath } from '../../../src/base/common/namedPath.ts';
import { languageOfInfo, toLanguageId } from '../../../src/edit/common/languageIds.ts';
import { looksLikePiece, looksLikeWholeFile } from '../../../src/edit/common/wholeFile.ts';

describe('the file that code names', () => {
  for (const [info, code, path] of [
    ['ts src/a.ts', 'x', 'src/a.ts'],
    ['ts title="src/a.ts"', 'x', 'src/a.ts'],
    ['ts:src/a.ts', 'x', 'src/a.ts'],
    ['src/a.ts', 'x', 'src/a.ts'],
    ['12:20:src/a.ts', 'x', undefined],
    ['python', '# app/主程序.py\nx', 'app/主程序.py'],
    ['ts', '// File: src/a.ts\nx', 'src/a.ts'],
    ['ts', '// 文件：./src/a.ts\nx', 'src/a.ts'],
    ['css', '/* a.css */\nx', 'a.css'],
    ['html', '<!-- pages\\index.html -->\nx', 'pages/index.html'],
    ['ts src/a.ts:12-20', 'x', 'src/a.ts'],
  ] as const) {
    it(`${info} | ${code.split('\n', 1)[0]} → ${path}`, () =>
      assert.equal(namedPath(info, code)?.path, path));
  }

  for (const [info, code] of [
    ['ts', 'const a = 1;\n// src/a.ts'],
    ['ts', '// Returns a.b or c.\nx'],
    ['ts', '// See https://example.com/a.html\nx'],
    ['ts', '// src/a.ts'],
    ['dockerfile', 'FROM a'],
    ['ts ../a.ts', 'x'],
    ['ts /etc/passwd.txt', 'x'],
    ['ts C:\\a.ts', 'x'],
    ['ts ~/a.ts', 'x'],
    ['ts src/../../a.ts', 'x'],
    ['ts src//a.ts', 'x'],
    ['ts file:///a.ts', 'x'],
    ['ts \\\\host\\share\\a.ts', 'x'],
    ['ts', '// ..\\a.ts\nx'],
    ['ts', '// .../a.ts\nx'],
    ['ts a\u0000.ts', 'x'],
  ] as const) {
    it(`none in ${JSON.stringify(`${info} | ${code}`)}`, () =>
      assert.equal(namedPath(info, code), undefined));
  }
});

describe('languages', () => {
  it('knows what fences call them', () => {
    const known = ['typescript', 'shellscript', 'python', 'plaintext', 'cpp', 'Log'];
    const ids = ['ts', 'TypeScript', 'sh', 'py', 'c++', 'log', 'constructor', '', 'nonsense'].map((name) =>
      toLanguageId(name, known),
    );
    assert.deepEqual(ids, [
      'typescript',
      'typescript',
      'shellscript',
      'python',
      'cpp',
      'Log',
      'plaintext',
      'plaintext',
      'plaintext',
    ]);
  });

  it('finds the language in an info string', () => {
    assert.deepEqual(['ts src/a.ts', 'TS:src/a.ts', '{.py}', '', 'js{1,3}'].map(languageOfInfo), [
      'ts',
      'ts',
      'py',
      '',
      'js',
    ]);
  });
});

describe('whole file or piece', () => {
  const document = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  it('takes code with most lines for the whole file, unless it leaves some out', () => {
    assert.ok(looksLikeWholeFile(document.replace('line 7', 'seven'), document));
    assert.ok(!looksLikeWholeFile(`${document}\n// ... existing code ...`, document));
    assert.ok(!looksLikeWholeFile(`${document}\n  # 其余代码不变`, document));
    assert.ok(!looksLikeWholeFile('line 1\nline 2', document));
    assert.ok(looksLikeWholeFile('a', ' \n'));
  });
  it('takes a few lines for a piece', () => {
    assert.ok(looksLikePiece('line 1\nline 2', document));
    assert.ok(!looksLikePiece('line 1\nline 2', 'short\nfile'));
  });
});
