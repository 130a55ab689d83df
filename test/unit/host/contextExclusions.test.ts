import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compileGlobs } from '../../../src/host/context/globs.ts';
import { createIgnoreTree, plainNames } from '../../../src/host/context/ignoreTree.ts';

/** `.gitignore` files by their folders, and files. */
const rules: Record<string, string> = {
  '': 'node_modules/\n*.log\n!keep.log\n/build\ndoc/**/*.pdf\n秘密/\n\\#odd\n# comment\n',
  'packages/app': 'dist\n!important.log\n/local.json\n*.snap\n',
  'packages/app/src': '!*.snap\ngenerated/*\n!generated/kept.ts\n',
  'node_modules/left': '!index.js\n',
};
const files = [
  'index.ts',
  'a.log',
  'keep.log',
  'build/out.js',
  'packages/build/out.js',
  'node_modules/left/index.js',
  'packages/app/node_modules/x/y/z.js',
  'doc/a/b/manual.pdf',
  'doc/manual.pdf',
  'manual.pdf',
  '秘密/文件.md',
  '公开/文件.md',
  '#odd',
  'packages/app/dist/main.js',
  'packages/app/important.log',
  'packages/app/local.json',
  'packages/app/src/local.json',
  'packages/app/one.snap',
  'packages/app/src/two.snap',
  'packages/app/src/generated/made.ts',
  'packages/app/src/generated/kept.ts',
  'packages/app/src/Generated/other.ts',
];

describe('files that are kept out', () => {
  it('are those that Git itself ignores', () => {
    const repository = mkdtempSync(path.join(os.tmpdir(), 'ignored-'));
    try {
      const run = (...args: string[]): string =>
        execFileSync('git', args, {
          cwd: repository,
          encoding: 'utf8',
          env: { ...process.env, GIT_CONFIG_GLOBAL: os.devNull },
        });
      run('init', '-q');
      const write = (file: string, text: string): void => {
        mkdirSync(path.join(repository, path.dirname(file)), { recursive: true });
        writeFileSync(path.join(repository, file), text);
      };
      for (const file of files) write(file, '');
      for (const [folder, text] of Object.entries(rules)) write(path.posix.join(folder, '.gitignore'), text);
      const kept = run(
        '-c',
        'core.ignoreCase=false',
        'ls-files',
        '-z',
        '--others',
        '--exclude-standard',
      ).split('\0');
      const tree = createIgnoreTree();
      for (const [folder, text] of Object.entries(rules)) tree.set(folder, text);
      const wanted = files.filter((file) => !kept.includes(file));
      assert.ok(wanted.length > 8);
      assert.deepEqual(
        files.filter((file) => tree.ignores(file)),
        wanted,
      );
    } finally {
      rmSync(repository, { recursive: true, force: true });
    }
  });

  it('include all in an excluded folder, and only what a glob means', () => {
    const test = compileGlobs({
      '**/fixtures': true,
      '*.txt': true,
      '/made/': true,
      '**/off': false,
      '**/*.js': { when: 'x' },
      '': true,
    });
    const excluded = ['fixtures/a', 'x/fixtures/b/c', 'note.txt', 'made/by/tool.ts', '.hidden/fixtures/x'];
    const offered = ['x/note.txt', 'off/a', 'a.js', 'x/made/a', 'fixtures2/a'];
    assert.deepEqual(excluded.filter(test), excluded);
    assert.deepEqual(offered.filter(test), []);
  });

  it('read brackets as VS Code does: as letters', () => {
    const test = compileGlobs({ 'app/(private)': true, '!odd': true });
    assert.deepEqual(['app/(private)/a.ts', '!odd', 'app/private/a.ts', 'b.ts'].map(test), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('survive a setting of the wrong form', () => {
    for (const value of [undefined, null, 'x', 3, ['a'], { '[': true }, { ['('.repeat(70_000)]: true }])
      assert.equal(compileGlobs(value)('a/b.ts'), false);
  });

  it('are named to the search only where a name alone decides', () => {
    assert.deepEqual(plainNames('node_modules/\r\n dist \n/build\n*.log\n# x\n.cache'), [
      'node_modules',
      'dist',
      '.cache',
    ]);
    assert.deepEqual(plainNames('node_modules\n!node_modules/mine'), []);
  });

  it('leaves out globs that a hostile workspace could stop Qiao with, and no common one', () => {
    const name = 'a'.repeat(250);
    assert.equal(compileGlobs({ '*a*a*a*a': true })(name), false);
    assert.equal(compileGlobs({ '**/*.spec.*.ts': true, '*a*a*b': true })(`x/${name}.spec.b.ts`), true);
  });
});
