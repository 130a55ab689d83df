import assert from 'node:assert/strict';
import { filesOfDiff, limitDiff } from '../../../src/host/context/diffText.ts';
import { type FolderTree, formatTree } from '../../../src/host/context/folderTree.ts';

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

  it('keeps whole files as long as they fit, and says which are left out', () => {
    const diff = change('one.ts', 5) + change('huge.ts', 5000) + change('two.ts', 5);
    const { text, omitted } = limitDiff(diff, 1000);
    assert.equal(text, change('one.ts', 5) + change('two.ts', 5));
    assert.deepEqual(omitted, ['huge.ts']);
    assert.deepEqual(limitDiff(diff, 1_000_000), { text: diff, omitted: [] });
  });

  it('cuts a single huge file at the end of a line', () => {
    const { text, omitted } = limitDiff(change('huge.ts', 5000), 1000);
    assert.ok(text.length <= 1000 && text.length > 900);
    assert.ok(text.endsWith('+new line\n'));
    assert.deepEqual(omitted, ['huge.ts']);
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
