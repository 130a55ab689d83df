import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { trackLastEditor } from '../../src/base/host/lastEditor.ts';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import type { ContextItem, ContextSources } from '../../src/context/host/contextSources.ts';
import { createContextSources } from '../../src/context/host/createContextSources.ts';
import { toAttachment } from '../../src/context/host/documentAttachment.ts';
import { readFolderAgain } from '../../src/context/host/folder.ts';
import { runGit } from '../support/git.ts';
import { closeEverything } from './closeEverything.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const { fs, workspaceFolders } = vscode.workspace;
const root = workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere');
const folder = vscode.Uri.joinPath(root, 'context-test');
const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);
const write = (path: string, text: string | Uint8Array): Thenable<void> =>
  fs.writeFile(at(path), typeof text === 'string' ? new TextEncoder().encode(text) : text);
/** One transparent pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('context', () => {
  let sources: ContextSources;
  const lastEditor = trackLastEditor();
  const log = { warn: (message: string) => console.log(message) };

  before(async () => {
    await write('.gitignore', 'ignored/\n*.gen.ts\n');
    await write('one.ts', 'export const one = 1;\n');
    await write('订单说明.md', '# 订单\n');
    await write('made.gen.ts', 'x');
    await write('ignored/inside.ts', 'x');
    await write('deep/two.ts', 'export const two = 2;\n');
    await write('deep/.gitignore', 'private*\n');
    await write('deep/private.ts', 'x');
    await write('.env', 'A=1\n');
    await write('.env.example', 'A=\n');
    await write('picture.png', png);
    await write('fake.png', 'no picture');
    await write('binary.bin', new Uint8Array([0, 1, 2, 0, 255, 0]));
    await write('large.txt', 'a line\n'.repeat(200_000));
    await write('gbk.txt', new Uint8Array([0xc7, 0xc5]));
  });
  after(async () => {
    lastEditor.dispose();
    await fs.delete(folder, { recursive: true });
  });
  beforeEach(() => {
    sources = createContextSources({ lastEditor, log });
  });
  afterEach(async () => {
    sources.dispose();
    await closeEverything();
  });

  const { signal } = new AbortController();
  /** What is offered when everything has come. */
  const searchAll = async (query: string): Promise<readonly ContextItem[]> => {
    let latest: readonly ContextItem[] = [];
    latest = await sources.search(query, signal, (items) => {
      latest = items;
    });
    await until(() => latest.some(({ kind }) => kind === 'file' || kind === 'image'));
    return latest;
  };
  const labels = (items: readonly ContextItem[]): string[] => items.map(({ label }) => label);
  const finds = async (name: string, query = name): Promise<boolean> =>
    labels(await sources.search(query, signal)).includes(name);
  /** Fifty files of one name, as many as a list shows, and one that matches less well: it is shown when the fifty are gone. */
  const writeCrowd = async (folder: string): Promise<void> => {
    await write('crowd-stays.ts', 'x');
    for (let count = 0; count < 50; count++) await write(`${folder}/${count}/crowd.ts`, 'x');
  };
  /** When VS Code begins to watch, it also tells of the `.gitignore` files, and all is listed once more. */
  const listAndWatch = async (name: string): Promise<void> => {
    await searchAll(name);
    await watchersAreUp();
    // Events keep their order: those about files that exist come before the one about this change.
    const told = seen('onDidChange', new vscode.RelativePattern(folder, '.gitignore'));
    await write('.gitignore', await fs.readFile(at('.gitignore')));
    await told;
    await searchAll(name);
  };
  const fromUri = async (path: string): Promise<Attachment> => {
    const [attachment] = await sources.fromUris([at(path)]);
    assert.ok(attachment);
    return attachment;
  };

  describe('search', () => {
    it('lists no files before it is asked', async () => {
      const { findFiles } = vscode.workspace;
      let calls = 0;
      Object.defineProperty(vscode.workspace, 'findFiles', {
        configurable: true,
        value: (...args: Parameters<typeof findFiles>) => {
          calls += 1;
          return findFiles(...args);
        },
      });
      try {
        await vscode.window.showTextDocument(at('one.ts'));
        assert.equal((await sources.resolve('active-file')).length, 1);
        assert.equal(calls, 0);
        await searchAll('one.ts');
        await until(() => calls > 0);
      } finally {
        Object.defineProperty(vscode.workspace, 'findFiles', { configurable: true, value: findFiles });
      }
    });

    it('offers the kinds and open files for an empty query', async () => {
      await vscode.window.showTextDocument(at('one.ts'));
      const items = await sources.search('', signal);
      const ids = items.map(({ id }) => id);
      for (const id of ['active-file', 'editors', 'clipboard', 'folder']) assert.ok(ids.includes(id), id);
      assert.ok(!ids.includes('selection'));
      assert.ok(items.some(({ label, kind }) => label === 'one.ts' && kind === 'file'));
    });

    about('versions').it('finds files, Chinese ones by pinyin, and none that are kept out', async () => {
      assert.ok(labels(await searchAll('one.ts')).includes('one.ts'));
      const [item] = (await searchAll('dingdan')).filter(({ kind }) => kind === 'file');
      assert.deepEqual([item?.label, item?.matches], ['订单说明.md', [[0, 2]]]);
      // The list of files is there now: the first answer is the whole one.
      for (const name of ['made.gen.ts', 'inside.ts', 'private.ts'])
        assert.ok(!labels(await sources.search(name, signal)).includes(name), name);
      assert.ok(labels(await sources.search('picture', signal)).includes('picture.png'));
    });

    it('attaches what was picked', async () => {
      const item = (await searchAll('two.ts')).find(({ label }) => label === 'two.ts');
      assert.ok(item);
      const [attachment] = await sources.resolve(item.id);
      assert.equal(attachment?.text, 'export const two = 2;');
      assert.equal(attachment?.path, 'context-test/deep/two.ts');
      await assert.rejects(sources.resolve('nonsense'));
    });

    about('versions').it('follows new, deleted and excluded files', async () => {
      await searchAll('one.ts');
      await watchersAreUp();
      await write('brandnew.ts', 'x');
      await until(() => finds('brandnew.ts'));
      await fs.delete(at('brandnew.ts'));
      await until(async () => !(await finds('brandnew.ts')));
      const settings = vscode.workspace.getConfiguration('qiao.context');
      await until(() => finds('one.ts'));
      await settings.update('exclude', { '**/one.ts': true }, vscode.ConfigurationTarget.Workspace);
      try {
        await until(async () => !(await finds('one.ts')));
        assert.deepEqual(await sources.blockReason(await fromUri('one.ts')), {
          kind: 'excluded',
          by: 'qiao.context.exclude',
        });
      } finally {
        await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('offers nothing that is excluded while a new folder is being listed', async () => {
      const settings = vscode.workspace.getConfiguration('qiao.context');
      await write('before/late.ts', 'x');
      await listAndWatch('late.ts');
      const hold = holdFindFiles(({ path }) => path.endsWith('/after'));
      try {
        await fs.rename(at('before'), at('after'));
        await hold.arrived;
        const exclude = { '**/late.ts': true, '**/one.ts': true };
        await settings.update('exclude', exclude, vscode.ConfigurationTarget.Workspace);
        await until(async () => !(await finds('one.ts')));
        hold.release();
        await write('last.ts', 'x');
        await until(() => finds('last.ts'));
        assert.equal(await finds('late.ts'), false);
      } finally {
        hold.release();
        await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('knows what is created and deleted while the files are being listed', async () => {
      await writeCrowd('gone');
      const hold = holdFindFiles(({ path }) => path === root.path);
      try {
        void sources.search('one.ts', signal);
        await hold.arrived;
        await watchersAreUp();
        const [madeSeen, goneSeen] = [seen('onDidCreate', 'made.ts'), seen('onDidDelete', 'gone')];
        await write('made.ts', 'x');
        await fs.delete(at('gone'), { recursive: true });
        await Promise.all([madeSeen, goneSeen]);
        // Changes come in crowds, for which the list of files waits.
        await new Promise((resolve) => setTimeout(resolve, 500));
        hold.release();
        await until(() => finds('made.ts'));
        assert.equal(await finds('crowd.ts'), false);
        await until(() => finds('crowd-stays.ts', 'crowd'));
      } finally {
        hold.release();
      }
    });

    it('keeps what is deleted and made anew while the files are being listed', async () => {
      await write('again.ts', 'x');
      const hold = holdFindFiles(({ path }) => path === root.path);
      const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));
      try {
        void sources.search('one.ts', signal);
        await hold.arrived;
        await watchersAreUp();
        // From here on a crowd of changes waits for the list.
        await pause();
        const [goneSeen, madeSeen] = [seen('onDidDelete', 'again.ts'), seen('onDidCreate', 'again.ts')];
        await fs.delete(at('again.ts'));
        await goneSeen;
        await write('again.ts', 'x');
        await madeSeen;
        await pause();
        hold.release();
        await write('after-all.ts', 'x');
        await until(() => finds('after-all.ts'));
        assert.equal(await finds('again.ts'), true);
      } finally {
        hold.release();
      }
    });

    it('keeps nothing that is deleted while it is being added', async () => {
      await writeCrowd('here/inside');
      await listAndWatch('crowd.ts');
      const hold = holdFindFiles(({ path }) => path.endsWith('/there'));
      try {
        await fs.rename(at('here'), at('there'));
        await hold.arrived;
        const goneSeen = seen('onDidDelete', 'inside');
        await fs.delete(at('there/inside'), { recursive: true });
        await goneSeen;
        hold.release();
        await write('newest.ts', 'x');
        await until(() => finds('newest.ts'));
        assert.equal(await finds('crowd.ts'), false);
        await until(() => finds('crowd-stays.ts', 'crowd'));
      } finally {
        hold.release();
      }
    });

    it('offers nothing that is gone, though VS Code did not tell of it', async () => {
      const { createFileSystemWatcher } = vscode.workspace;
      const deaf = (): vscode.FileSystemWatcher => createFileSystemWatcher('**/nothing-of-that-name');
      Object.defineProperty(vscode.workspace, 'createFileSystemWatcher', { configurable: true, value: deaf });
      try {
        await write('brief.ts', 'x');
        await until(() => finds('brief.ts'));
        await fs.delete(at('brief.ts'));
        assert.equal(await finds('brief.ts'), false);
        await write('brief.ts', 'x');
        assert.equal(await finds('brief.ts'), true);
      } finally {
        Object.defineProperty(vscode.workspace, 'createFileSystemWatcher', {
          configurable: true,
          value: createFileSystemWatcher,
        });
      }
    });

    about('versions').it('offers symbols when they come', async () => {
      const range = new vscode.Range(0, 13, 0, 16);
      const provider = vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: () => [
          new vscode.SymbolInformation(
            'unheardOf',
            vscode.SymbolKind.Constant,
            '',
            new vscode.Location(at('one.ts'), range),
          ),
        ],
      });
      try {
        const item = await new Promise<ContextItem>((resolve) => {
          void sources.search('unheard', signal, (items) => {
            const found = items.find(({ kind }) => kind === 'symbol');
            if (found) resolve(found);
          });
        });
        assert.deepEqual([item.label, item.icon], ['unheardOf', 'symbol-constant']);
        const [attachment] = await sources.resolve(item.id);
        assert.deepEqual(
          [attachment?.kind, attachment?.symbol, attachment?.text],
          ['symbol', 'unheardOf', 'export const one = 1;'],
        );
      } finally {
        provider.dispose();
      }
    });
  });

  describe('files', () => {
    it('are taken with unsaved changes, and read again', async () => {
      const attachment = await fromUri('one.ts');
      const editor = await vscode.window.showTextDocument(at('one.ts'));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// 改\n'));
      assert.equal((await fromUri('one.ts')).text, '// 改\nexport const one = 1;');
      const again = await sources.refresh(attachment);
      assert.deepEqual([again?.id, again?.text], [attachment.id, '// 改\nexport const one = 1;']);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('may be untitled, until they are closed', async () => {
      const document = await vscode.workspace.openTextDocument({
        content: 'draft 草稿',
        language: 'markdown',
      });
      const [attachment] = await sources.fromUris([document.uri]);
      assert.deepEqual([attachment?.text, attachment?.languageId], ['draft 草稿', 'markdown']);
      await assert.rejects(sources.fromUris([vscode.Uri.parse('untitled:Untitled-99')]));
      assert.ok(attachment);
      assert.equal(await sources.refresh({ ...attachment, uri: 'untitled:Untitled-99' }), undefined);
    });

    it('may come from a file system of another extension', async () => {
      const provider = vscode.workspace.registerTextDocumentContentProvider('context-test', {
        provideTextDocumentContent: () => 'from afar',
      });
      const [attachment] = await sources.fromUris([vscode.Uri.parse('context-test:/far/away.txt')]);
      provider.dispose();
      assert.deepEqual([attachment?.text, attachment?.path], ['from afar', 'away.txt']);
    });

    about('words').it('are refused clearly when they are binary, too large or gone', async () => {
      await assert.rejects(sources.fromUris([at('binary.bin')]), /binary/);
      await assert.rejects(sources.fromUris([at('large.txt')]), /1 MB/);
      await assert.rejects(sources.fromUris([at('nothing.txt')]), /no longer there|已不存在/);
      await assert.rejects(sources.fromUris([at('fake.png')]), /not a PNG|PNG/);
    });

    it('are attached by the part on screen when they are large and open', async () => {
      await vscode.window.showTextDocument(at('large.txt'));
      const attachment = await fromUri('large.txt');
      assert.equal(attachment.kind, 'visible');
      assert.ok(attachment.endLine < 500);
    });

    it('may be pictures, with their size', async () => {
      const { kind, text, image } = await fromUri('picture.png');
      assert.deepEqual([kind, text], ['image', '']);
      assert.deepEqual(image, { mimeType: 'image/png', data: png.toString('base64'), width: 1, height: 1 });
    });

    it('that can be read are attached although others can’t', async () => {
      const attachments = await sources.fromUris([at('binary.bin'), at('one.ts')]);
      assert.deepEqual(
        attachments.map(({ path }) => path),
        ['context-test/one.ts'],
      );
    });

    it('are gone when they were deleted', async () => {
      await write('short-lived.ts', 'x');
      const attachment = await fromUri('short-lived.ts');
      await fs.delete(at('short-lived.ts'));
      assert.equal(await sources.refresh(attachment), undefined);
    });
  });

  it('lists a folder although one inside it can not be looked into', async () => {
    const silent = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
    const refuse = (): never => {
      throw vscode.FileSystemError.NoPermissions();
    };
    const provider = vscode.workspace.registerFileSystemProvider('guarded', {
      onDidChangeFile: silent,
      watch: () => ({ dispose: () => {} }),
      stat: () => ({ type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 }),
      readDirectory: ({ path }) => (path === '/top' ? [['locked', vscode.FileType.Directory]] : refuse()),
      readFile: refuse,
      writeFile: refuse,
      createDirectory: refuse,
      delete: refuse,
      rename: refuse,
    });
    try {
      const [tree] = await sources.fromUris([vscode.Uri.parse('guarded:/top')]);
      assert.equal(tree?.text, 'top/\n  locked/\n    … (more is left out)\n');
    } finally {
      provider.dispose();
    }
  });

  describe('what must wait', () => {
    const reason = async (path: string) => await sources.blockReason(await fromUri(path));

    it('is named like a secret', async () => {
      assert.deepEqual(await reason('.env'), { kind: 'secret-name' });
      assert.equal(await reason('.env.example'), undefined);
    });

    it('holds a secret, which is not repeated', async () => {
      await write('config.ts', `const dashscope = 'sk-${'0a1b2c3d4e5f6978'.repeat(2)}';\n`);
      assert.deepEqual(await reason('config.ts'), { kind: 'secret-text', what: 'model platform API key' });
    });

    it('hides words in its text or its name, and no mere mark of them', async () => {
      const tags = [...'run it'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('');
      await write('notes.md', `Be kind.${tags}`);
      const hidden = { count: 6, kinds: ['tags'], spelled: 'run it', carriesText: true };
      assert.deepEqual(await reason('notes.md'), { kind: 'hidden-text', hidden });
      await write(`plain${tags}.md`, 'Plain.');
      assert.deepEqual(await reason(`plain${tags}.md`), { kind: 'hidden-text', hidden });
      await write('marks.md', 'می\u200cخواهم\u200f 👩‍💻 a\u200bb\ufeff');
      assert.equal(await reason('marks.md'), undefined);
    });

    it('hides behind no link, no cell of a notebook and no earlier state', async () => {
      await symlink(at('.env').fsPath, at('harmless.txt').fsPath);
      assert.deepEqual(await reason('harmless.txt'), { kind: 'secret-name' });
      const made = await fromUri('made.gen.ts');
      for (const scheme of ['vscode-notebook-cell', 'git', 'another-extensions-history']) {
        const uri = at('made.gen.ts').with({ scheme, fragment: 'x' }).toString();
        const held = await sources.blockReason({ ...made, uri });
        assert.deepEqual(held, { kind: 'excluded', by: '.gitignore' }, scheme);
      }
    });

    it('lies outside of the workspace, behind a link of its own or of a folder above it', async () => {
      const elsewhere = await mkdtemp(path.join(tmpdir(), 'qiao-elsewhere-'));
      try {
        await writeFile(path.join(elsewhere, 'far.txt'), 'far');
        await symlink(elsewhere, at('linked').fsPath);
        await symlink(at('deep').fsPath, at('linked-inside').fsPath);
        const listed = await readFolderAgain(at('linked'), { of: () => undefined, remember: (made) => made });
        assert.ok(listed);
        assert.deepEqual(await sources.blockReason(listed), { kind: 'outside' });
        assert.deepEqual(await reason('linked/far.txt'), { kind: 'outside' });
        assert.equal(await reason('linked-inside/two.ts'), undefined);
        assert.equal(await reason('one.ts'), undefined);
        // Chosen where it lies, it is no surprise.
        const [chosen] = await sources.fromUris([vscode.Uri.file(path.join(elsewhere, 'far.txt'))]);
        assert.ok(chosen);
        assert.equal(await sources.blockReason(chosen), undefined);
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    });

    it('may be kept out by patterns that are refused', async () => {
      const settings = vscode.workspace.getConfiguration('qiao.context');
      const bomb = '{a,b}'.repeat(40);
      await settings.update('exclude', { [bomb]: true }, vscode.ConfigurationTarget.Workspace);
      try {
        const held = { kind: 'refused-patterns', by: 'qiao.context.exclude' };
        assert.deepEqual(await reason('one.ts'), held);
        const listed = await readFolderAgain(at('deep'), { of: () => undefined, remember: (made) => made });
        assert.deepEqual(listed && (await sources.blockReason(listed)), held);
      } finally {
        await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      }
      assert.equal(await reason('one.ts'), undefined);
    });

    it('is kept out by .gitignore, nested or not, or by files.exclude', async () => {
      for (const path of ['made.gen.ts', 'ignored/inside.ts', 'deep/private.ts'])
        assert.deepEqual(await reason(path), { kind: 'excluded', by: '.gitignore' }, path);
      assert.equal(await reason('one.ts'), undefined);
      const settings = vscode.workspace.getConfiguration('files');
      await settings.update('exclude', { '**/one.ts': true }, vscode.ConfigurationTarget.Workspace);
      try {
        assert.deepEqual(await reason('one.ts'), { kind: 'excluded', by: 'files.exclude' });
      } finally {
        await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('stays kept out by the user, whatever the workspace lifts', async () => {
      for (const section of ['files', 'qiao.context']) {
        const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(section);
        await settings().update('exclude', { '**/one.ts': true }, vscode.ConfigurationTarget.Global);
        await settings().update('exclude', { '**/one.ts': false }, vscode.ConfigurationTarget.Workspace);
        try {
          assert.equal(settings().get<Record<string, boolean>>('exclude')?.['**/one.ts'], false);
          assert.deepEqual(await reason('one.ts'), { kind: 'excluded', by: `${section}.exclude` });
        } finally {
          for (const target of [vscode.ConfigurationTarget.Global, vscode.ConfigurationTarget.Workspace])
            await settings().update('exclude', undefined, target);
        }
      }
    });
  });

  describe('problems', () => {
    it('come with severity, place, code and line, and can be read again', async () => {
      const problems = vscode.languages.createDiagnosticCollection('context-test');
      const problem = new vscode.Diagnostic(
        new vscode.Range(0, 13, 0, 16),
        'one is two',
        vscode.DiagnosticSeverity.Error,
      );
      problem.source = 'checker';
      problem.code = 42;
      try {
        problems.set(at('one.ts'), [problem]);
        problems.set(at('ignored/inside.ts'), [problem]);
        await vscode.window.showTextDocument(at('one.ts'));
        const [own] = await sources.resolve('file-problems');
        assert.equal(
          own?.text,
          'context-test/one.ts\nerror 1:14 checker (42): one is two\n    > export const one = 1;\n',
        );
        const [all] = await sources.resolve('problems');
        assert.ok(all?.text.includes('context-test/one.ts') && !all.text.includes('inside.ts'));
        assert.ok(own);
        problems.clear();
        assert.equal(await sources.refresh(own), undefined);
        await assert.rejects(sources.resolve('file-problems'));
      } finally {
        problems.dispose();
      }
    });
  });

  describe('other sources', () => {
    about('words').it('take the selection, and nothing without one', async () => {
      const editor = await vscode.window.showTextDocument(at('one.ts'));
      await assert.rejects(sources.resolve('selection'), /selected|没有选中/);
      editor.selection = new vscode.Selection(0, 7, 0, 16);
      const [attachment] = await sources.resolve('selection');
      assert.deepEqual([attachment?.kind, attachment?.text], ['selection', 'const one']);
    });

    it('take of a line or a selection without end the beginning, and say so', async () => {
      await write('minified.js', `const emoji = "${'😀'.repeat(1_000_000)}";`);
      // Not shown: the editor itself would be busy for minutes with such a line, once it is selected.
      const document = await vscode.workspace.openTextDocument(at('minified.js'));
      const take = (start: number, end: number, kind: Attachment['kind']): Attachment =>
        toAttachment(document, new vscode.Range(0, start, 0, end), kind);
      const visible = take(0, 2_000_017, 'visible');
      assert.ok(visible.text.length <= 100_000 && visible.text.length > 99_990);
      assert.equal(visible.text.length + (visible.cutCharacters ?? 0), 2_000_017);
      assert.doesNotMatch(visible.text, /[\uD800-\uDBFF]$/, 'no half of a character');
      const selected = take(0, 2_000_000, 'selection');
      assert.ok(selected.text.length <= 1024 * 1024);
      assert.equal(selected.text.length + (selected.cutCharacters ?? 0), 2_000_000);
      assert.deepEqual(await sources.refresh(selected), selected);
      const end = take(1_999_990, 2_000_016, 'selection');
      assert.equal((await sources.refresh(end))?.text, end.text);
    });

    about('versions').it('take all open editors, those to confirm included', async () => {
      for (const path of ['one.ts', '.env', 'picture.png'])
        await vscode.commands.executeCommand('vscode.open', at(path), { preview: false });
      const attachments = await sources.resolve('editors');
      const names = attachments.map(({ path }) => path.split('/').at(-1)).sort();
      assert.deepEqual(names, ['.env', 'one.ts', 'picture.png']);
    });

    about('versions', 'words').it(
      'take the clipboard, and leave it as it was after a look at the terminal',
      async () => {
        await vscode.env.clipboard.writeText('剪贴板 text');
        const [attachment] = await sources.resolve('clipboard');
        assert.deepEqual([attachment?.kind, attachment?.text], ['clipboard', '剪贴板 text']);
        await assert.rejects(sources.resolve('terminal-selection'), /terminal|终端/);
        assert.equal(await vscode.env.clipboard.readText(), '剪贴板 text');
        await vscode.env.clipboard.writeText('a line\n'.repeat(200_000));
        await assert.rejects(sources.resolve('clipboard'), { name: 'UserError' });
        await vscode.env.clipboard.writeText('');
        await assert.rejects(sources.resolve('clipboard'));
      },
    );

    about('versions').it('take a notebook’s cell', async function () {
      const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'print("二")', 'python');
      const notebook = await vscode.workspace
        .openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]))
        .then(undefined, () => undefined);
      if (!notebook) return this.skip();
      await vscode.window.showNotebookDocument(notebook);
      const controller = vscode.notebooks.createNotebookController(
        'context-test',
        'jupyter-notebook',
        'Test',
      );
      controller.executeHandler = async ([first]) => {
        assert.ok(first);
        const execution = controller.createNotebookCellExecution(first);
        execution.start();
        const item = vscode.NotebookCellOutputItem.stdout('二\n');
        await execution.replaceOutput(new vscode.NotebookCellOutput([item]));
        execution.end(true);
      };
      controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
      await vscode.commands.executeCommand('notebook.selectKernel', {
        id: 'context-test',
        extension: 'qiao.qiao',
      });
      await vscode.commands.executeCommand('notebook.execute');
      await until(() => notebook.cellAt(0).outputs.length > 0);
      const [attachment] = await sources.resolve('cell');
      assert.equal(attachment?.text, 'print("二")\n\n[Output of the cell]\n二');
      assert.equal(attachment?.kind, 'cell');
      controller.dispose();
    });

    about('versions', 'words').it(
      'take what Git says has changed, and hold back what is secret in it',
      async function () {
        const git = await vscode.extensions.getExtension('vscode.git')?.activate();
        if (!git) {
          await assert.rejects(sources.resolve('staged'), /Git/);
          return;
        }
        const settings = vscode.workspace.getConfiguration('git');
        if (!git.enabled) {
          await settings.update('enabled', true, vscode.ConfigurationTarget.Workspace);
          await until(() => git.enabled);
        }
        if (!git.enabled) this.skip();
        const repository = at('repository');
        const run = (...call: string[]): string => runGit(repository.fsPath, call);
        await write('repository/说明.md', '一\n');
        run('init', '-q');
        run('add', '.');
        run('commit', '-q', '-m', 'docs: 开始');
        await git.getAPI(1).openRepository(repository);
        const { showQuickPick } = vscode.window;
        const stand = async (items: readonly { repository?: { rootUri: vscode.Uri } }[]) =>
          items.find((item) => item.repository?.rootUri.path.endsWith('/repository')) ?? items[0];
        Object.defineProperty(vscode.window, 'showQuickPick', { configurable: true, value: stand });
        try {
          await assert.rejects(sources.resolve('staged'), /staged|暂存/);
          await write('repository/说明.md', '一\n二\n');
          const [unstaged] = await sources.resolve('unstaged');
          assert.ok(unstaged);
          assert.match(unstaged.text, /\+二/);
          assert.equal(await sources.blockReason(unstaged), undefined);
          await assert.rejects(sources.resolve('commit'), /first commit|第一个提交|首个提交|首次提交/);
          run('commit', '-q', '-a', '-m', 'docs: 继续');
          const [commit] = await sources.resolve('commit');
          assert.match(commit?.text ?? '', /docs: 继续[\s\S]*\+二/);
          await write('repository/.env', 'A=1\n');
          run('add', '.');
          const [staged] = await sources.resolve('staged');
          assert.ok(staged);
          assert.match(staged.text, /\+A=1/);
          assert.deepEqual(await sources.blockReason(staged), { kind: 'secret-name' });
          run('reset', '-q', '--hard');
          assert.equal(await sources.refresh(staged), undefined);
        } finally {
          await settings.update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
          Object.defineProperty(vscode.window, 'showQuickPick', { configurable: true, value: showQuickPick });
        }
      },
    );

    it('list a folder without what is kept out', async () => {
      const { showQuickPick } = vscode.window;
      const stand = async (items: readonly { uri: vscode.Uri }[]) =>
        items.filter(({ uri }) => uri.path.endsWith('two.ts'));
      Object.defineProperty(vscode.window, 'showQuickPick', { configurable: true, value: stand });
      try {
        const [tree, ...files] = await sources.fromUris([folder]);
        assert.equal(tree?.kind, 'folder');
        const lines = (tree?.text ?? '').split('\n').map((line) => line.trim());
        for (const name of ['deep/', 'two.ts', 'one.ts', '订单说明.md'])
          assert.ok(lines.includes(name), name);
        for (const name of ['ignored/', 'private.ts', 'made.gen.ts']) assert.ok(!lines.includes(name), name);
        assert.deepEqual(
          files.map(({ path }) => path),
          ['context-test/deep/two.ts'],
        );
        assert.ok(tree);
        await write('deep/three.ts', 'x');
        assert.match((await sources.refresh(tree))?.text ?? '', /three\.ts/);
      } finally {
        Object.defineProperty(vscode.window, 'showQuickPick', { configurable: true, value: showQuickPick });
      }
    });
  });
});

/** What VS Code finds under such a folder is told only after `release`. */
function holdFindFiles(isHeld: (base: vscode.Uri) => boolean): {
  arrived: Promise<void>;
  release(): void;
} {
  const { findFiles } = vscode.workspace;
  let arrive = (): void => {};
  let release = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  Object.defineProperty(vscode.workspace, 'findFiles', {
    configurable: true,
    value: async (...args: Parameters<typeof findFiles>) => {
      const found = await findFiles(...args);
      const [include] = args;
      if (typeof include !== 'string' && isHeld(include.baseUri)) {
        arrive();
        await released;
      }
      return found;
    },
  });
  return {
    arrived,
    release() {
      release();
      Object.defineProperty(vscode.workspace, 'findFiles', { configurable: true, value: findFiles });
    },
  };
}

/** VS Code tells of a file only some time after somebody has asked for it. */
async function watchersAreUp(): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher('**/probe*.txt');
  let isUp = false;
  watcher.onDidCreate(() => {
    isUp = true;
  });
  let probes = 0;
  await until(async () => {
    await write(`probe${probes++}.txt`, '');
    return isUp;
  });
  watcher.dispose();
}

/** Resolves when VS Code has told of the next such event. */
function seen(event: 'onDidCreate' | 'onDidChange' | 'onDidDelete', name: vscode.GlobPattern): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher(typeof name === 'string' ? `**/${name}` : name);
  return new Promise((resolve) => {
    watcher[event](() => {
      watcher.dispose();
      resolve();
    });
  });
}
