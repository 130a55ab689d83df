/** Every place in which code can stand × what is done with it: it works, or says why not, and nothing else changes. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { type LastEditor, trackLastEditor } from '../../src/base/host/lastEditor.ts';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import { askSelection } from '../../src/chat/host/ask.ts';
import { toAttachment } from '../../src/context/host/documentAttachment.ts';
import { attachAllFromEditor } from '../../src/context/host/editorContext.ts';
import { menuItems } from '../../src/context/host/menu.ts';
import { createResolver } from '../../src/context/host/resolve.ts';
import { usableAddress } from '../../src/context/host/storedAddress.ts';
import { type CodeTools, createCodeTools } from '../../src/edit/host/code/codeTools.ts';
import type { Dialogs, Question } from '../../src/edit/host/code/dialogs.ts';
import { filesInWorkspace } from '../../src/edit/host/code/documents.ts';
import { chooseFile } from '../../src/edit/host/code/target.ts';
import { InlineEdits } from '../../src/edit/host/inlineEdits.ts';
import { QuickAsks } from '../../src/edit/host/quickAsk/quickAsk.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { isFullRun } from '../support/fullRun.ts';
import { runGit } from '../support/git.ts';
import { createMemento } from '../support/memento.ts';
import { closeEverything } from './closeEverything.ts';
import { inEnglish } from './inEnglish.ts';
import { about, type Tier } from './tiers.ts';
import { until } from './until.ts';

const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere');
const folder = vscode.Uri.joinPath(root, 'places');
const text = 'one\ntwo\nthree\n';
const changed = 'one\nTWO\nthree\n';

/** Files in memory that nobody can write. */
const readOnlyFiles: vscode.FileSystemProvider = {
  onDidChangeFile: () => new vscode.Disposable(() => {}),
  watch: () => new vscode.Disposable(() => {}),
  stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length }),
  readFile: () => new TextEncoder().encode(text),
  readDirectory: () => [],
  createDirectory: () => assert.fail('written'),
  writeFile: () => assert.fail('written'),
  delete: () => assert.fail('written'),
  rename: () => assert.fail('written'),
};

const actions = ['apply', 'insert', 'replace', 'edit', 'quick ask', 'ask'] as const;
type Action = (typeof actions)[number];

interface Row {
  name: string;
  /** Shows the place, with `two` selected. */
  open(): Promise<vscode.TextEditor | undefined>;
  /** What its chip says; `undefined`: nothing is there to attach. */
  chip: RegExp | undefined;
  /** The sentence, in English, for a change that cannot be; `undefined`: it works. */
  refusal?: RegExp;
  /** The same for a question. */
  noQuestion?: RegExp;
}

/** Writable files in memory. */
function createMemoryFiles(): vscode.FileSystemProvider {
  const files = new Map<string, Uint8Array>();
  const at = (uri: vscode.Uri): Uint8Array => {
    const bytes = files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  };
  return {
    ...readOnlyFiles,
    stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: at(uri).length }),
    readFile: at,
    writeFile: (uri, bytes) => void files.set(uri.path, bytes),
  };
}

/** Else every place has *Apply*, and these have the rest. */
const isWhole = isFullRun([
  'src/base/host/documentInfo.ts',
  'src/base/host/backingFile.ts',
  'src/base/host/lastEditor.ts',
  'src/edit',
]);
const thorough: ReadonlySet<string> = new Set(['a cell of a notebook', 'an earlier state in Git']);

describe('places of code', () => {
  let outside: string;
  let emulator: Emulator;
  let lastEditor: LastEditor;
  let tools: CodeTools;
  let edits: InlineEdits;
  let attachments: readonly Attachment[] = [];
  /** What was said, in English. */
  const asked: Question[] = [];
  /** The choice that is made, in English. */
  let choice = '';
  let sent: readonly Attachment[] = [];
  const providers: vscode.Disposable[] = [];
  let names = 0;

  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const write = (name: string, content: string | Uint8Array): Thenable<void> =>
    vscode.workspace.fs.writeFile(
      at(name),
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    );
  const select = (editor: vscode.TextEditor): vscode.TextEditor => {
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    return editor;
  };
  const show = async (uri: vscode.Uri): Promise<vscode.TextEditor> =>
    select(await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri)));
  const say = (question: Question): string | undefined => {
    const said = { ...question, text: inEnglish(question.text), choices: question.choices.map(inEnglish) };
    asked.push(said);
    return question.choices[said.choices.indexOf(choice)];
  };
  const dialogs: Dialogs = { ask: async (question) => say(question), pick: async (items) => items[0] };
  const models = {
    open: async () =>
      createChatModel({ protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-a' }, 'qwen-plus'),
    describe: () => describeModel('dashscope', 'qwen-plus'),
  };
  const settings = { model: 'dashscope/qwen-plus', parameters: {}, systemPrompt: '' };
  const confirmSend = async (asking: readonly Attachment[]): Promise<boolean> => {
    sent = asking;
    return true;
  };
  const { showInformationMessage } = vscode.window;

  before(async () => {
    outside = await mkdtemp(path.join(tmpdir(), 'qiao-places-'));
    lastEditor = trackLastEditor();
    const stand = async (said: string, ...choices: string[]) => say({ text: said, choices });
    Object.defineProperty(vscode.window, 'showInformationMessage', { configurable: true, value: stand });
    providers.push(
      vscode.workspace.registerFileSystemProvider('qiao-fixed', readOnlyFiles, { isReadonly: true }),
      vscode.workspace.registerFileSystemProvider('qiao-memory', createMemoryFiles()),
      vscode.workspace.registerTextDocumentContentProvider('qiao-shown', {
        provideTextDocumentContent: () => text,
      }),
    );
    await openRepository(at('repository'));
  });
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
    [attachments, asked.length, choice, sent] = [[], 0, '', []];
    tools = createCodeTools({ lastEditor, attachmentsOf: () => attachments, dialogs });
    edits = new InlineEdits({
      models: models as never,
      settings: () => settings,
      lastEditor,
      codeTools: tools,
      dialogs,
      confirmSend,
      workspaceState: createMemento(new Map()),
    });
  });
  afterEach(async () => {
    await closeEverything();
    for (const one of [tools, edits]) one.dispose();
    await emulator.dispose();
    await vscode.workspace
      .getConfiguration('files')
      .update('readonlyInclude', undefined, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    Object.defineProperty(vscode.window, 'showInformationMessage', {
      configurable: true,
      value: showInformationMessage,
    });
    for (const provider of [lastEditor, ...providers]) provider.dispose();
    await vscode.workspace
      .getConfiguration('git')
      .update('enabled', false, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await rm(outside, { recursive: true });
  });

  const openNotebook = async (): Promise<vscode.NotebookDocument> => {
    const cells = ['first', text, 'last'].map((source) => ({
      cell_type: 'code',
      source: [source],
      metadata: {},
      outputs: [],
      execution_count: null,
    }));
    // One that was changed before is still in memory.
    const name = `n${names++}.ipynb`;
    await write(name, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const notebook = await vscode.workspace.openNotebookDocument(at(name));
    await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
    const { document } = notebook.cellAt(1);
    await until(() => vscode.window.visibleTextEditors.some((editor) => editor.document === document));
    return notebook;
  };
  const openInteractive = async (): Promise<vscode.NotebookDocument> => {
    const { notebookUri } = await vscode.commands.executeCommand<{ notebookUri: vscode.Uri }>(
      'interactive.open',
    );
    await until(() => vscode.window.activeTextEditor?.document.uri.scheme === 'vscode-interactive-input');
    const { notebookDocuments } = vscode.workspace;
    return notebookDocuments.find(({ uri }) => uri.toString() === notebookUri.toString()) ?? assert.fail();
  };
  const showInFront = async (uri: vscode.Uri): Promise<undefined> => {
    await write('behind.ts', text);
    await show(at('behind.ts'));
    await vscode.commands.executeCommand('vscode.open', uri);
    await until(() => vscode.window.activeTextEditor === undefined);
    return undefined;
  };

  const rows: readonly Row[] = [
    {
      name: 'a file',
      chip: /^places\/a\.ts$/,
      async open() {
        await write('a.ts', text);
        return show(at('a.ts'));
      },
    },
    {
      name: 'an untitled document',
      chip: /^Untitled-\d+$/,
      open: async () =>
        select(
          await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text })),
        ),
    },
    {
      name: 'a cell of a notebook',
      chip: /^places\/n\d+\.ipynb, cell 2$/,
      open: async () =>
        select(await vscode.window.showTextDocument((await openNotebook()).cellAt(1).document)),
    },
    {
      name: 'a cell that is only selected',
      chip: /^places\/n\d+\.ipynb, cell 2$/,
      async open() {
        const { document } = (await openNotebook()).cellAt(1);
        await vscode.commands.executeCommand('notebook.cell.quitEdit');
        const editor = lastEditor.get();
        assert.equal(editor?.document, document);
        return editor && select(editor);
      },
    },
    {
      name: 'an earlier state in Git',
      chip: /^places\/repository\/g\.ts \(HEAD\)$/,
      refusal: /g\.ts \(HEAD\) is an earlier state/,
      open: () => showEarlierState(),
    },
    {
      name: 'a file outside the workspace',
      chip: /^far\.ts$/,
      async open() {
        await writeFile(path.join(outside, 'far.ts'), text);
        return show(vscode.Uri.file(path.join(outside, 'far.ts')));
      },
    },
    {
      name: 'a virtual file system',
      chip: /^m\d+\.ts$/,
      async open() {
        const uri = vscode.Uri.parse(`qiao-memory:/m${names++}.ts`);
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
        return show(uri);
      },
    },
    {
      name: 'a read-only file system',
      chip: /^fixed\.ts$/,
      refusal: /fixed\.ts can’t be changed/,
      open: () => show(vscode.Uri.parse('qiao-fixed:/fixed.ts')),
    },
    {
      name: 'what is only shown',
      chip: /^shown\.ts$/,
      refusal: /shown\.ts can’t be changed: it is not a file/,
      open: () => show(vscode.Uri.parse('qiao-shown:/shown.ts')),
    },
    {
      name: 'a file that the settings keep from being changed',
      chip: /^places\/ro\.ts$/,
      refusal: /can’t be changed. It may be read-only/,
      async open() {
        await write('ro.ts', text);
        await vscode.workspace
          .getConfiguration('files')
          .update('readonlyInclude', { '**/ro.ts': true }, vscode.ConfigurationTarget.Global);
        return show(at('ro.ts'));
      },
    },
    {
      name: 'a file that was deleted meanwhile',
      chip: /^places\/gone\d+\.ts$/,
      refusal: /gone\d+\.ts is no longer there/,
      async open() {
        const name = `gone${names++}.ts`;
        await write(name, text);
        const editor = await show(at(name));
        await rm(at(name).fsPath);
        return editor;
      },
    },
    {
      name: 'the user’s settings',
      chip: /^settings\.json$/,
      refusal: /settings\.json can run code on this machine/,
      async open() {
        const file = path.join(outside, 'Code', 'User', 'settings.json');
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
        return show(vscode.Uri.file(file));
      },
    },
    {
      name: 'the input of an interactive window',
      chip: /^InteractiveInput-\d+$/,
      refusal: /InteractiveInput-\d+ can’t be changed: it is not a file/,
      async open() {
        await openInteractive();
        const { document } = vscode.window.activeTextEditor ?? assert.fail();
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), text);
        await vscode.workspace.applyEdit(edit);
        return select(vscode.window.activeTextEditor ?? assert.fail());
      },
    },
    {
      name: 'a picture in front',
      chip: undefined,
      refusal: /“p\.png” is in front, and it is not text/,
      noQuestion: /“p\.png” is in front/,
      async open() {
        const png =
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
        await write('p.png', Buffer.from(png, 'base64'));
        return showInFront(at('p.png'));
      },
    },
    {
      name: 'a log of 59 MB in front',
      chip: undefined,
      refusal: /“large\.log” is in front, and it is not text/,
      noQuestion: /“large\.log” is in front/,
      async open() {
        await write('large.log', Buffer.alloc(59_000_000, 'a line of a log\n'));
        return showInFront(at('large.log'));
      },
    },
    {
      name: 'a search editor in front',
      chip: undefined,
      refusal: /is in front, and it is not text/,
      noQuestion: /is in front/,
      async open() {
        await write('behind.ts', text);
        await show(at('behind.ts'));
        // Else results come in while the test looks for changes.
        const args = { query: 'two', triggerSearch: false };
        await vscode.commands.executeCommand('search.action.openNewEditor', args);
        await until(() => vscode.window.activeTextEditor?.document.uri.scheme !== 'file');
        return undefined;
      },
    },
  ];

  const showEarlierState = async (): Promise<vscode.TextEditor> => {
    const file = at('repository/g.ts');
    const query = JSON.stringify({ path: file.fsPath, ref: 'HEAD' });
    await vscode.commands.executeCommand('vscode.diff', file.with({ scheme: 'git', query }), file);
    await vscode.commands.executeCommand('workbench.action.compareEditor.focusSecondarySide');
    await until(() => vscode.window.activeTextEditor?.document.uri.scheme === 'git');
    return select(vscode.window.activeTextEditor ?? assert.fail());
  };
  const isProposal = (): boolean => {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    return input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'qiao-proposal';
  };
  /** Enter in the quick input that comes up, until this has settled. */
  const accepting = async (running: Promise<unknown>): Promise<void> => {
    let over = false;
    const end = running.finally(() => {
      over = true;
    });
    while (!over) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await end;
  };
  const act: Record<Action, (document?: vscode.TextDocument) => Promise<void>> = {
    async apply(document) {
      const seen = document?.getText();
      await tools.run({ action: 'apply', turnId: 't', code: 'TWO', language: '' });
      if (!isProposal()) return;
      assert.equal(document?.getText(), seen);
      await tools.acceptProposal();
    },
    insert: () => tools.run({ action: 'insert', turnId: 't', code: 'TWO', language: '' }),
    replace: () => tools.run({ action: 'replace', turnId: 't', code: 'TWO', language: '' }),
    async edit(document) {
      emulator.script({ text: '```\nTWO\n```' });
      await edits.edit({ instruction: 'Shout' });
      await until(() => isProposal() || asked.length > 0 || document?.getText() === 'one\ntwo\nTWO\nthree\n');
      if (isProposal()) return tools.acceptProposal();
      if (asked.length === 0) await edits.decide('accept', document?.uri);
      // Then it waits, and the user can still copy it.
      if (asked.length > 0) await edits.decide('reject', document?.uri);
    },
    async 'quick ask'() {
      const editor = QuickAsks.editor(lastEditor.get());
      // Without an editor the panel asks, and takes nothing along.
      if (!editor) return;
      emulator.script({ text: 'Two.' });
      let draft = { question: 'What is it?', withCode: true };
      const quickAsks = new QuickAsks({
        models: models as never,
        views: { active: { chats: { current: { settings } } } } as never,
        media: root,
        confirmSend,
        draft: {
          get: () => draft,
          set: (next) => {
            draft = next;
          },
        },
      });
      await accepting(
        quickAsks.ask(editor).then((question) => {
          // A cell has no place for the answer: the panel asks.
          const isCell = editor.document.uri.scheme === 'vscode-notebook-cell';
          assert.equal(question?.attachments, isCell ? sent : undefined);
          assert.equal(emulator.requests.length, isCell ? 0 : 1);
        }),
      );
      quickAsks.dispose();
    },
    async ask() {
      const parts = {
        lastEditor,
        async confirmSend(asking: readonly Attachment[]) {
          sent = asking;
          throw new Error('That is enough.');
        },
      };
      await accepting(
        askSelection(parts as never).catch((error: Error) => assert.equal(error.message, 'That is enough.')),
      );
    },
  };
  const wanted: Partial<Record<Action, string>> = {
    apply: changed,
    replace: changed,
    insert: 'one\ntwoTWO\nthree\n',
    edit: changed,
  };
  const textsOfAll = (): Map<string, string> =>
    new Map(
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme !== 'qiao-proposal' && uri.scheme !== 'output')
        .map((document) => [document.uri.toString(), document.getText()]),
    );

  for (const { name, open, chip, refusal, noQuestion } of rows)
    for (const action of actions.filter((one) => isWhole || one === 'apply' || thorough.has(name)))
      about(...tiersOf(action, refusal)).it(`${name}: ${action}`, async () => {
        const editor = await open();
        attachments = editor ? await attachAllFromEditor(editor) : [];
        assert.equal(attachments.length, chip ? 1 : 0);
        if (chip) assert.match(inEnglish(attachments[0]?.path ?? ''), chip);
        const before = textsOfAll();
        const document = editor?.document;
        await act[action](document);
        const after = textsOfAll();
        const key = document?.uri.toString() ?? '';
        for (const [uri, content] of before)
          if (uri !== key) assert.equal(after.get(uri) ?? content, content, `${uri} changed`);
        const said = asked.map((question) => question.text).join('\n');
        const isQuestion = action === 'ask' || action === 'quick ask';
        if (isQuestion && chip) {
          assert.deepEqual([sent.length, sent[0]?.text, said], [1, 'two', '']);
          assert.match(inEnglish(sent[0]?.path ?? ''), chip);
        }
        if (isQuestion) assert.equal(document?.getText() ?? text, text);
        else if (!refusal) assert.equal(document?.getText(), wanted[action], said);
        if (isQuestion && !chip) assert.deepEqual(sent, []);
        const sentence = isQuestion ? noQuestion : refusal;
        // A quick ask without code is one in the panel.
        if (sentence && action !== 'quick ask') assert.match(asked.at(-1)?.text ?? '', sentence);
        if (refusal && document) assert.equal(document.getText(), text);
        // What was refused only then can still be read there.
        if (!refusal) assert.equal(isProposal(), false);
        if (document?.uri.scheme === 'file' && existsSync(document.uri.fsPath))
          assert.equal(await readFile(document.uri.fsPath, 'utf8'), text);
      });

  it('a cell of an interactive window has run, and stays', async () => {
    const notebook = await openInteractive();
    const edit = new vscode.WorkspaceEdit();
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(0, [cell])]);
    await vscode.workspace.applyEdit(edit);
    const { document } = notebook.cellAt(0);
    attachments = [toAttachment(document, new vscode.Range(1, 0, 1, 3), 'selection')];
    await act.apply(document);
    assert.match(asked.at(-1)?.text ?? '', /cell 1 can’t be changed/);
    assert.equal(document.getText(), text);
  });

  it('the file in sight is meant while the output below it has the keyboard', async () => {
    await write('above.ts', text);
    const editor = await show(at('above.ts'));
    const channel = vscode.window.createOutputChannel('Places');
    try {
      channel.appendLine('said');
      channel.show(false);
      await until(() =>
        vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output'),
      );
      await vscode.commands.executeCommand('workbench.panel.output.focus');
      await until(() => vscode.window.activeTextEditor?.document.uri.scheme === 'output');
      assert.equal(lastEditor.get(), editor);
    } finally {
      channel.dispose();
      await vscode.commands.executeCommand('workbench.action.closePanel');
    }
  });

  it('a picture in front can be attached', async () => {
    await rows.find(({ name }) => name === 'a picture in front')?.open();
    const resolver = createResolver({ origins: {} as never, lastEditor, symbols: new Map() });
    const [attachment] = await resolver.resolve('active-file');
    assert.deepEqual([attachment?.kind, attachment?.path], ['image', 'places/p.png']);
    const item = menuItems(lastEditor).find(({ id }) => id === 'active-file');
    assert.equal(item?.detail, 'places/p.png');
  });

  it('a proposal is written only while its difference is open, and only where its file still is', async () => {
    await write('closing.ts', text);
    const editor = await show(at('closing.ts'));
    attachments = await attachAllFromEditor(editor);
    let answer = (_: string | undefined): void => {};
    const { ask } = dialogs;
    dialogs.ask = async (question) =>
      question.choices.length > 1 ? await new Promise((resolve) => (answer = resolve)) : await ask(question);
    try {
      const propose = async (): Promise<void> => {
        await tools.run({ action: 'apply', turnId: 't', code: 'TWO', language: '' });
        assert.ok(isProposal());
      };
      await propose();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      answer(vscode.l10n.t('Accept'));
      await until(() => asked.length > 0);
      assert.match(asked.at(-1)?.text ?? '', /closed already; nothing was written/);
      assert.equal(editor.document.getText(), text);

      await write('leaving.ts', text);
      await vscode.commands.executeCommand('vscode.open', at('leaving.ts'));
      const leaving = select(vscode.window.activeTextEditor ?? assert.fail());
      const { document } = leaving;
      assert.ok(document.uri.path.endsWith('leaving.ts'));
      attachments = await attachAllFromEditor(leaving);
      await propose();
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(tabs.filter(({ label }) => label === 'leaving.ts'));
      await until(() => document.isClosed);
      await rm(at('leaving.ts').fsPath);
      choice = 'Open as a New File';
      await tools.acceptProposal();
      assert.match(asked.at(-1)?.text ?? '', /leaving\.ts is no longer there/);
      assert.deepEqual(
        [
          vscode.window.activeTextEditor?.document.isUntitled,
          vscode.window.activeTextEditor?.document.getText(),
        ],
        [true, changed],
      );
    } finally {
      dialogs.ask = ask;
    }
  });

  it('the address of a cell or an earlier state, kept from another window, is one of its file', async () => {
    const cell = at('n.ipynb').with({ scheme: 'vscode-notebook-cell', fragment: 'W0sZmlsZQ' });
    const state = (file: string): vscode.Uri =>
      at('g.ts').with({ scheme: 'git', query: JSON.stringify({ path: file, ref: 'HEAD' }) });
    const usable = async (uri: vscode.Uri, name: string): Promise<boolean> =>
      (await usableAddress({ kind: 'selection', uri: uri.toString(), path: name })) !== undefined;
    assert.ok(await usable(cell, 'places/n.ipynb, cell 1'));
    assert.ok(await usable(state(at('g.ts').fsPath), 'places/g.ts (HEAD)'));
    assert.ok(!(await usable(cell, 'places/other.ts')));
    assert.ok(!(await usable(state('/etc/passwd'), 'passwd (HEAD)')));
    assert.ok(!(await usable(state(`${root.fsPath}/../etc/passwd`), 'passwd (HEAD)')));
  });

  describe('of one path in two folders', () => {
    const folders = ['one', 'two'].map((name) => ({ name, uri: at(`roots/${name}`) }));
    const folderOf = (uri: vscode.Uri) => folders.find((one) => uri.path.startsWith(`${one.uri.path}/`));
    const picked: string[] = [];
    const choose = async (files: readonly vscode.Uri[], about: readonly Attachment[]): Promise<string> => {
      const pick: Dialogs['pick'] = async (items) => {
        picked.push(...items.map(({ label, description }) => `${label}: ${description}`));
        return items[1];
      };
      const file = await chooseFile(
        files,
        { path: 'src/a.ts', attachments: about, dialogs: { ...dialogs, pick } },
        folderOf,
      );
      return file?.path.slice(at('roots').path.length) ?? '';
    };

    before(async () => {
      for (const file of ['one/src/a.ts', 'two/src/a.ts', 'two/src/b.ts']) await write(`roots/${file}`, text);
    });
    beforeEach(() => {
      picked.length = 0;
    });

    it('the one is meant that the question was about, else the user says', async () => {
      const { existing } = await filesInWorkspace('src/a.ts', folders);
      assert.equal(existing.length, 2);
      assert.equal(await choose(existing, []), '/two/src/a.ts');
      assert.deepEqual(picked.splice(0), ['one: src/a.ts', 'two: src/a.ts']);
      const near = await vscode.workspace.openTextDocument(at('roots/two/src/b.ts'));
      assert.equal(
        await choose(existing, [toAttachment(near, new vscode.Range(0, 0, 1, 0), 'file')]),
        '/two/src/a.ts',
      );
      assert.deepEqual(picked, []);
    });

    it('the folder’s name says it as well, and a new file has a place in each', async () => {
      const paths = async (relative: string, which: 'existing' | 'missing'): Promise<string[]> =>
        (await filesInWorkspace(relative, folders))[which].map(({ path: found }) =>
          found.slice(at('roots').path.length),
        );
      assert.deepEqual(await paths('src/b.ts', 'existing'), ['/two/src/b.ts']);
      assert.deepEqual(await paths('one/src/a.ts', 'existing'), ['/one/src/a.ts']);
      assert.deepEqual(await paths('src/new.ts', 'missing'), ['/one/src/new.ts', '/two/src/new.ts']);
      assert.deepEqual(await paths('two/src/new.ts', 'missing'), ['/two/src/new.ts']);
    });
  });

  describe('of an earlier state', () => {
    const results: Partial<Record<Action, string>> = {
      apply: 'zero\none\nTWO\nthree\n',
      replace: 'zero\none\nTWO\nthree\n',
      insert: 'zero\none\ntwoTWO\nthree\n',
      edit: 'zero\none\nTWO\nthree\n',
    };
    for (const action of ['apply', 'insert', 'replace', 'edit'] as const)
      it(`the working file is used where the user wants it: ${action}`, async () => {
        const editor = await showEarlierState();
        attachments = await attachAllFromEditor(editor);
        choice = 'Use the Working File';
        const file = at('repository/g.ts');
        const working = await vscode.workspace.openTextDocument(file);
        if (action === 'edit') {
          emulator.script({ text: '```\nTWO\n```' });
          await edits.edit({ instruction: 'Shout' });
          await until(() => working.getText().includes('TWO'));
          await edits.decide('accept', file);
        } else await act[action](working);
        assert.equal(working.getText(), results[action]);
        assert.equal(editor.document.getText(), text);
      });

    it('the lightbulb explains, and offers no fix', async () => {
      const { document } = await showEarlierState();
      const problems = vscode.languages.createDiagnosticCollection('places');
      const at = new vscode.Range(1, 0, 1, 3);
      const offered = async (uri: vscode.Uri): Promise<(string | undefined)[]> => {
        problems.set(uri, [new vscode.Diagnostic(at, 'Two is wrong.')]);
        const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          at,
          'quickfix',
        );
        const own = found.map(({ command }) => command?.command);
        return own.filter((id) => id?.startsWith('qiao.'));
      };
      try {
        assert.deepEqual(await offered(document.uri), ['qiao.explainProblem']);
        const cell = (await openNotebook()).cellAt(1);
        assert.deepEqual(await offered(cell.document.uri), ['qiao.fixProblem', 'qiao.explainProblem']);
      } finally {
        problems.dispose();
      }
    });

    it('nothing is put anywhere when its place is gone', async () => {
      const editor = await showEarlierState();
      editor.selection = new vscode.Selection(0, 0, 2, 5);
      choice = 'Use the Working File';
      const file = at('repository/g.ts');
      const working = await vscode.workspace.openTextDocument(file);
      const change = new vscode.WorkspaceEdit();
      change.replace(file, new vscode.Range(2, 0, 2, 3), '2');
      await vscode.workspace.applyEdit(change);
      const before = working.getText();
      await act.replace();
      assert.match(asked.at(-1)?.text ?? '', /not in .*g\.ts as it was/);
      assert.equal(working.getText(), before);
      assert.equal(vscode.window.activeTextEditor?.document, working);
    });
  });
});

/** Another language has other sentences; another VS Code other editors. */
function tiersOf(action: Action, refusal: RegExp | undefined): readonly Tier[] {
  if (action === 'ask') return ['words'];
  return [...(refusal ? (['words'] as const) : []), ...(action === 'apply' ? (['versions'] as const) : [])];
}

/** In it, `g.ts` has changed since the last commit. */
async function openRepository(uri: vscode.Uri): Promise<void> {
  const git = await vscode.extensions.getExtension('vscode.git')?.activate();
  await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Global);
  await until(() => git.enabled);
  const file = vscode.Uri.joinPath(uri, 'g.ts');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  runGit(uri.fsPath, ['init', '-q'], ['add', '.'], ['commit', '-q', '-m', 'docs: begin']);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`zero\n${text}`));
  await git.getAPI(1).openRepository(uri);
}
