import assert from 'node:assert/strict';
import { type FolderTree, formatTree } from '../../../src/context/host/folderTree.ts';
import { cutDiff, filesOfDiff, nameGenerated } from '../../../src/scm/host/diffText.ts';

const change = (name: string, lines: number): string =>
  `diff --git a/${name} b/${name}\nindex 1..2 100644\n--- a/${name}\n+++ b/${name}\n@@ -1 +1,${lines} @@\n${'+new line\n'.repeat(lines)}`;

describe('diffs as context', () => {
  it('names the files in a diff: changed, new, renamed, binary, with blanks and Chinese', () => {
    const diff = [
      change('src/a b.ts', 1),
      'diff --git a/old.ts b/new.ts\nsimilarity index 100%\nrename from old.ts\nrename to new.ts\n',
      'diff --git a/.env b/.env\nnew file mode 100644\n--- /dev/null\n+++ b/.env\n@@ -0,0 +1 @@\n+x\n',
      'diff --git a/logo.png b/logo.png\nBinary files a/logo.png and b/logo.png differ\n',
      change('文档/说明.md', 1),
    ].join('');
    assert.deepEqual(
      filesOfDiff(diff).sort(),
      ['.env', 'logo.png', 'new.ts', 'old.ts', 'src/a b.ts', '文档/说明.md'].sort(),
    );
  });

  it('reads names as Git quotes them', () => {
    const quoted = String.raw`"a/\346\226\207\346\241\243/a \"b\".md"`;
    const diff = `diff --git ${quoted} ${quoted.replace('"a/', '"b/')}\n--- ${quoted}\n+++ /dev/null\n`;
    assert.deepEqual(filesOfDiff(diff), ['文档/a "b".md']);
  });

  it('names the files whatever Git is set to write ahead of them', () => {
    const env = 'new file mode 100644\n--- /dev/null\n';
    const mnemonic = `diff --git c/.env i/.env\n${env}+++ i/.env\n@@ -0,0 +1 @@\n+x\ndiff --git i/a.bin w/a.bin\nBinary`;
    assert.deepEqual(filesOfDiff(mnemonic), ['.env', 'a.bin']);
    const bare = `diff --git a/.env a/.env\n${env}+++ a/.env\n@@ -0,0 +1 @@\n+x\ndiff --git x.bin x.bin\nBinary`;
    assert.deepEqual(filesOfDiff(bare), ['a/.env', 'x.bin']);
    const renamed =
      'diff --git old.ts b/id_rsa\nsimilarity index 100%\nrename from old.ts\nrename to b/id_rsa\n';
    assert.deepEqual(filesOfDiff(renamed), ['old.ts', 'b/id_rsa']);
    const merged =
      'diff --cc .env\nindex 1,2..3\n--- a/.env\n+++ b/.env\n@@@ -1,1 -1,1 +1,1 @@@\n--- secrets\n';
    assert.deepEqual(filesOfDiff(merged), ['.env']);
  });

  it('stays as it is when there is room', () => {
    const diff = change('a.ts', 3);
    assert.equal(cutDiff(diff, diff.length), diff);
  });

  it('loses lines of its long files only, and says how many', () => {
    const cut = cutDiff(change('package-lock.json', 10_000) + change('a.ts', 5), 2000);
    assert.ok(cut.length < 2100, String(cut.length));
    assert.ok(cut.endsWith(change('a.ts', 5)));
    const kept = cut.match(/\+new line/g)?.length ?? 0;
    const told = Number(/\[(\d+) more lines/.exec(cut)?.[1]);
    assert.equal(kept + told, 10_005);
  });

  for (const name of [
    'package-lock.json',
    'sub/yarn.lock',
    'pnpm-lock.yaml',
    'Cargo.lock',
    'go.sum',
    'poetry.lock',
    'uv.lock',
    'Gemfile.lock',
    'composer.lock',
    'web/app.min.js',
    'app.js.map',
    'api/user.pb.go',
    'user_pb2.py',
    'lib/user.g.dart',
    'dist/index.js',
    'web/node_modules/a/b.ts',
    'service/vendor/github.com/a/b.go',
    'vendor/symfony/console/Command.php',
    '文档/yarn.lock',
  ])
    it(`names ${name} only, and keeps the source whole`, () => {
      const [before, after] = [change('a.ts', 30), change('b.ts', 30)];
      const named = nameGenerated(before + change(name, 20_000) + after);
      assert.ok(named.startsWith(before) && named.endsWith(after));
      assert.ok(named.includes('[20,000 lines changed in this generated file]'));
      assert.ok(filesOfDiff(named).includes(name));
      assert.ok(named.length < before.length + after.length + 300);
    });

  it('leaves generated files alone where there is nothing else, or little in them', () => {
    const only = change('package-lock.json', 50) + change('dist/a.js', 50);
    assert.equal(nameGenerated(only), only);
    const few = change('package-lock.json', 3) + change('a.ts', 3);
    assert.equal(nameGenerated(few), few);
    const others = change('lock.ts', 50) + change('distribution/a.ts', 50) + change('a.map.ts', 50);
    const written = [
      'src/vendor/vendor.service.ts',
      'vendor/models.py',
      'dist/shop.service',
      'schema.min.ts',
    ];
    const source = written.map((name) => change(name, 50)).join('');
    assert.equal(nameGenerated(source), source);
    assert.equal(nameGenerated(source + change('a.ts', 1)), source + change('a.ts', 1));
    assert.equal(nameGenerated(others + change('a.ts', 1)), others + change('a.ts', 1));
  });

  it('names the files that found no place in it', () => {
    const names = Array.from({ length: 100 }, (_, index) => `f${index}.ts`);
    const cut = cutDiff(names.map((name) => change(name, 40)).join(''), 20_000);
    const shown = filesOfDiff(cut);
    assert.equal(shown.length, 80);
    assert.ok(cut.length < 25_000, String(cut.length));
    assert.ok(cut.endsWith(`[The diff is too long. Left out: ${names.slice(80).join(', ')}]\n`));
  });
});

describe('folders as context', () => {
  it('lists folders before files, and says where it stops', () => {
    const leaf = (...files: string[]): FolderTree => ({ folders: new Map(), files, isCut: false });
    const tree: FolderTree = {
      folders: new Map([
        ['src', leaf('a.ts', '说明.md')],
        ['deep', { ...leaf(), isCut: true }],
      ]),
      files: ['README.md'],
      isCut: false,
    };
    assert.equal(
      formatTree('app/', tree),
      'app/\n  src/\n    a.ts\n    说明.md\n  deep/\n    … (more is left out)\n  README.md\n',
    );
  });
});
