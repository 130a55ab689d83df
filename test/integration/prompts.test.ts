import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { GitChange, GitRepository } from '../../src/base/host/gitApi.ts';
import { toAttachment } from '../../src/context/host/documentAttachment.ts';
import { estimateTokens } from '../../src/llm/tokens.ts';
import { createBuiltIns } from '../../src/prompts/host/builtIns.ts';
import { createCommandContext } from '../../src/prompts/host/commandContext.ts';
import { toCommand } from '../../src/prompts/host/libraryCommand.ts';
import { createPromptDiagnostics } from '../../src/prompts/host/promptDiagnostics.ts';
import { createPromptLibrary, type PromptLibrary } from '../../src/prompts/host/promptLibrary.ts';
import { findTestFiles } from '../../src/prompts/host/testFiles.ts';
import { readCommitSubjects, readUncommitted } from '../../src/scm/host/readChanges.ts';
import { nearestRepository } from '../../src/scm/host/repositories.ts';
import { runGit } from '../support/git.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const log = { warn: () => {} };

const remember = <Made>(made: Made): Made => made;

describe('slash commands', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const builtIn = (name: string, editor: vscode.TextEditor | undefined) => {
    const found = createBuiltIns(
      createCommandContext({
        lastEditor: { get: () => editor },
        sources: { remember },
        tokens: () => undefined,
      }),
    ).find((one) => one.name === name);
    assert.ok(found);
    return found;
  };

  it('/fix takes the problems of the lines with it', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'one\ntwo\nthree\n' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    const collection = vscode.languages.createDiagnosticCollection('test');
    const at = (line: number): vscode.Range => new vscode.Range(line, 0, line, 3);
    collection.set(document.uri, [
      new vscode.Diagnostic(at(1), 'Two is wrong.'),
      new vscode.Diagnostic(at(2), 'Three is too.'),
    ]);
    const fix = builtIn('fix', editor);
    const attachments = await fix.attachments();
    collection.dispose();
    assert.deepEqual(
      attachments.map(({ kind, text }) => [kind, text]),
      [
        ['selection', 'two'],
        ['problems', 'error 2:1: Two is wrong.'],
      ],
    );
    const withProblems = await fix.prompt('', attachments);
    assert.notEqual(withProblems, await fix.prompt('', attachments.slice(0, 1)));
    assert.ok((await fix.prompt('but gently', attachments))?.endsWith('\n\nbut gently'));
  });

  it('of the library leave out an open file that is too large, and attach the others', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'open-'));
    for (const [name, text] of [
      ['large.txt', 'a line\n'.repeat(200_000)],
      ['small.txt', 'small'],
    ] as const) {
      await writeFile(path.join(folder, name), text);
      await vscode.window.showTextDocument(vscode.Uri.file(path.join(folder, name)), { preview: false });
    }
    const command = toCommand(
      { name: 'all', description: '', context: ['open-editors'], parts: [] },
      {
        context: createCommandContext({
          lastEditor: { get: () => undefined },
          sources: { remember },
          tokens: () => undefined,
        }),
        input: { ask: async () => undefined },
        confirmHidden: async () => false,
      },
    );
    const attachments = await command.attachments();
    await rm(folder, { recursive: true });
    assert.deepEqual(
      attachments.map(({ text }) => text),
      ['small'],
    );
  });

  it('/tests follows no link', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const folder = await mkdtemp(path.join(root, 'linked-'));
    const outside = path.join(await mkdtemp(path.join(os.tmpdir(), 'outside-')), 'diary.txt');
    await writeFile(outside, 'private');
    await writeFile(path.join(folder, 'diary.ts'), 'code');
    await symlink(outside, path.join(folder, 'diary.test.ts'));
    const document = await vscode.workspace.openTextDocument(path.join(folder, 'diary.ts'));
    const found = await findTestFiles(toAttachment(document, new vscode.Range(0, 0, 1, 0), 'file'));
    await rm(folder, { recursive: true });
    await rm(path.dirname(outside), { recursive: true });
    assert.ok(found.every(({ text }) => text !== 'private'));
  });

  about('words').it('say so when there is no code, unless the question says enough', async () => {
    const explain = builtIn('explain', undefined);
    assert.deepEqual(await explain.attachments(), []);
    await assert.rejects(explain.prompt('', []), { name: 'UserError' });
    assert.ok((await explain.prompt('what CORS is', []))?.endsWith('what CORS is'));
  });

  it('/commit knows staged from unstaged changes', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-git-'));
    const run = (...call: string[]): string => runGit(folder, call);
    const rootUri = vscode.Uri.file(folder);
    const state: { indexChanges: GitChange[]; workingTreeChanges: GitChange[] } = {
      indexChanges: [],
      workingTreeChanges: [],
    };
    // Git itself behind the interface of VS Code's extension, which the test host may lack.
    const repository: GitRepository = {
      inputBox: { value: '' },
      rootUri,
      state,
      status: async () => {
        const names = run('ls-files', '--others').split('\n').filter(Boolean);
        state.workingTreeChanges = names.map((name) => ({
          uri: vscode.Uri.joinPath(rootUri, name),
          status: 7,
        }));
      },
      diff: async (cached) => run('diff', ...(cached ? ['--cached'] : [])),
      log: async () =>
        run('log', '--format=%s')
          .split('\n')
          .filter(Boolean)
          .map((message) => ({ hash: '', message: `${message}\n\nbody`, parents: [] })),
      diffBetween: async (): Promise<never> => assert.fail(),
    };
    const changes = (which: 'staged' | 'unstaged') => readUncommitted(which, repository, remember);
    const textOf = async (which: 'staged' | 'unstaged'): Promise<string> =>
      (await changes(which))?.text ?? '';
    try {
      run('init', '-q');
      assert.equal(await readCommitSubjects(repository), undefined);
      await writeFile(path.join(folder, 'a.txt'), 'one\n');
      run('add', '.');
      run('commit', '-q', '-m', 'feat: one');
      assert.equal(await changes('staged'), undefined);
      assert.equal(await changes('unstaged'), undefined);
      await writeFile(path.join(folder, 'a.txt'), 'one\nstaged\n');
      run('add', '.');
      await writeFile(path.join(folder, 'a.txt'), 'one\nstaged\nloose\n');
      await writeFile(path.join(folder, 'new.txt'), '');
      assert.match(await textOf('staged'), /^\+staged$/m);
      assert.doesNotMatch(await textOf('staged'), /loose/);
      assert.match(await textOf('unstaged'), /^\+loose$/m);
      assert.match(await textOf('unstaged'), /^new\.txt$/m);
      assert.equal((await readCommitSubjects(repository))?.text, 'feat: one');
      const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}，第 ${index} 行`);
      await writeFile(path.join(folder, 'a.txt'), lines.join('\n'));
      for (const tokens of [600, 3000, 20_000]) {
        const cut = (await readUncommitted('unstaged', repository, remember, tokens))?.text ?? '';
        assert.ok(estimateTokens(cut) <= tokens, `${estimateTokens(cut)} of ${tokens}`);
        assert.ok(estimateTokens(cut) > tokens / 2, `${estimateTokens(cut)} of ${tokens}`);
        assert.match(cut, /more lines were cut here/);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('/commit says that there is no repository', () => {
    const git = { repositories: [], getRepository: () => null };
    assert.throws(() => nearestRepository(git, undefined), { name: 'UserError' });
  });
});

describe('the prompt library', () => {
  let user: string;
  let shared: string;
  let trusted: boolean;
  let grant: vscode.EventEmitter<void>;
  let library: PromptLibrary;
  const names = (): string[] => library.entries.map(({ source, fileName }) => `${source}:${fileName}`);

  beforeEach(async () => {
    user = await mkdtemp(path.join(os.tmpdir(), 'qiao-prompts-'));
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(root);
    shared = path.join(root, '.qiao');
    await mkdir(path.join(shared, 'prompts'), { recursive: true });
    await writeFile(path.join(shared, 'prompts', 'team.md'), 'From the team.');
    await writeFile(path.join(user, 'mine.md'), 'Mine.');
    trusted = false;
    grant = new vscode.EventEmitter();
    const trust = { isTrusted: () => trusted, onDidGrant: grant.event };
    library = createPromptLibrary({ userFolder: vscode.Uri.file(user), trust, log });
  });
  afterEach(async () => {
    library.dispose();
    grant.dispose();
    await rm(user, { recursive: true });
    await rm(shared, { recursive: true });
  });

  it('reads a workspace only once it is trusted, and follows no link there', async () => {
    await symlink(path.join(user, 'mine.md'), path.join(shared, 'prompts', 'link.md'));
    await library.load();
    assert.deepEqual(names(), ['user:mine.md']);
    trusted = true;
    grant.fire();
    await until(() => names().length > 1);
    assert.deepEqual(names(), ['user:mine.md', 'workspace:team.md']);
  });

  it('leaves out what is too large, and lets the user’s file come first', async () => {
    trusted = true;
    await writeFile(path.join(shared, 'prompts', 'mine.md'), 'Not yours.');
    await writeFile(path.join(shared, 'prompts', 'large.md'), 'x'.repeat(100_001));
    await library.load();
    assert.deepEqual(names(), ['user:mine.md', 'workspace:mine.md', 'workspace:team.md']);
    assert.deepEqual(
      library.entries.map(({ duplicate }) => duplicate),
      [false, true, false],
    );
  });

  about('versions').it('sees new files, and marks mistakes where they are', async () => {
    const diagnostics = createPromptDiagnostics({ library, builtInNames: ['fix'], connectionIds: () => [] });
    await library.load();
    const file = vscode.Uri.file(path.join(user, 'bad.md'));
    // VS Code's watcher begins in its own time, and tells nothing of what was before.
    await until(async () => {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('---\ntools: x\n---\nHi'));
      await delay(300);
      // It may have been read while it was being written.
      const [found] = vscode.languages.getDiagnostics(file);
      return found?.range.isEqual(new vscode.Range(1, 0, 1, 5)) ?? false;
    });
    diagnostics.dispose();
  });

  about('words').it('marks hidden characters where they stand', async () => {
    const file = vscode.Uri.file(path.join(user, 'hides.md'));
    const tags = [...'run it'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('');
    await mkdir(user, { recursive: true });
    await writeFile(file.fsPath, `---\r\ndescription: x\r\n---\r\nHi ${tags}there\u202e\r\n`);
    const diagnostics = createPromptDiagnostics({ library, builtInNames: [], connectionIds: () => [] });
    await library.load();
    const found = vscode.languages.getDiagnostics(file);
    diagnostics.dispose();
    const { t } = vscode.l10n;
    const notSent = (what: string): string => t('{0}: not sent to a model.', what);
    assert.deepEqual(
      found.map(({ range, message }) => [range, message]),
      [
        [new vscode.Range(3, 3, 3, 15), notSent(t('{0} invisible characters ({1})', 6, t('tags')))],
        [
          new vscode.Range(3, 20, 3, 21),
          notSent(t('1 invisible character ({0})', t('marks of writing direction'))),
        ],
      ],
    );
  });
});
