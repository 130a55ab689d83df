import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { type LastEditor, trackLastEditor } from '../../src/base/host/lastEditor.ts';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import type { CodeAction } from '../../src/chat/common/protocol.ts';
import { attachFromEditor } from '../../src/context/host/editorContext.ts';
import { type CodeTools, createCodeTools } from '../../src/edit/host/code/codeTools.ts';
import type { Question } from '../../src/edit/host/code/dialogs.ts';
import { closeEverything } from './closeEverything.ts';
import { setAutoSave } from './editBench.ts';
import { inEnglish } from './inEnglish.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

async function untitled(content: string, language = 'typescript'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

describe('code of an answer', () => {
  let tools: CodeTools;
  let lastEditor: LastEditor;
  let attachments: Attachment[];
  let asked: Question[];
  /** Answers to the next questions: a choice by its place, or nothing. */
  let answers: (number | undefined)[];
  let picked: string[];
  let pick: number;
  let folder: string;

  const run = (action: CodeAction, code: string, language = 'ts'): Promise<void> =>
    tools.run({ action, turnId: 't1', code, language });
  const isDiff = (): boolean =>
    vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
  /** The text that the diff in front proposes. */
  const proposed = async (): Promise<string> => {
    await until(isDiff);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
    return (await vscode.workspace.openTextDocument(input.modified)).getText();
  };
  const fileIn = async (name: string, content: string | Uint8Array): Promise<vscode.Uri> => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return vscode.Uri.file(file);
  };

  beforeEach(async () => {
    [attachments, asked, answers, picked, pick] = [[], [], [], [], 0];
    folder = await mkdtemp(
      path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.tmpdir(), 'code-'),
    );
    lastEditor = trackLastEditor();
    tools = createCodeTools({
      lastEditor,
      attachmentsOf: () => attachments,
      dialogs: {
        async ask(question) {
          asked.push(question);
          const index = answers.shift();
          return index === undefined ? undefined : question.choices[index];
        },
        async pick(items) {
          picked = items.map(({ label }) => label);
          return items[pick];
        },
      },
    });
  });
  afterEach(async () => {
    await closeEverything();
    tools.dispose();
    lastEditor.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  about('versions').it(
    'is inserted with the indentation of its line, and one Undo takes it back',
    async () => {
      const before = 'class A {\n    \n}\n';
      const editor = await untitled(before);
      editor.selection = new vscode.Selection(1, 4, 1, 4);
      await run('insert', '  get b() {\n    return 1;\n  }');
      assert.equal(editor.document.getText(), 'class A {\n    get b() {\n      return 1;\n    }\n}\n');
      assert.equal(editor.document.getText(editor.selection), 'get b() {\n      return 1;\n    }');
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), before);
    },
  );

  it('is inserted with CRLF at every cursor', async () => {
    const uri = await fileIn('crlf.ts', 'a(\r\n\t\r\n)\r\nb(\r\n\t\r\n)\r\n');
    const editor = await vscode.window.showTextDocument(uri);
    editor.selections = [new vscode.Selection(1, 1, 1, 1), new vscode.Selection(4, 1, 4, 1)];
    await run('insert', 'x {\n  你好\n}');
    const block = '\tx {\r\n\t\t你好\r\n\t}';
    assert.equal(editor.document.getText(), `a(\r\n${block}\r\n)\r\nb(\r\n${block}\r\n)\r\n`);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'a(\r\n\t\r\n)\r\nb(\r\n\t\r\n)\r\n');
  });

  about('versions').it('goes to the editor behind the panel’s tab', async () => {
    const editor = await untitled('one\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await until(() => lastEditor.get() === editor);
    const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.One);
    await until(() => panel.active);
    await run('insert', 'two');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'one\ntwo');
    panel.dispose();
    await until(() => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length === 1);
  });

  about('versions', 'words').it(
    'goes into no other file that comes to the front in the same moment',
    async () => {
      const other = await untitled('zero\none\n');
      const editor = await vscode.window.showTextDocument(await fileIn('a.ts', 'one\ntwo\n'));
      editor.selection = new vscode.Selection(1, 0, 1, 3);
      attachments = [await attachFromEditor(editor)];
      await until(() => lastEditor.get() === editor);
      const { showTextDocument } = vscode.window;
      const stand = (): Promise<vscode.TextEditor> => Promise.resolve(other);
      Object.defineProperty(vscode.window, 'showTextDocument', { configurable: true, value: stand });
      try {
        await run('insert', 'never');
        editor.selection = new vscode.Selection(0, 0, 0, 0);
        await run('replace', 'never');
      } finally {
        Object.defineProperty(vscode.window, 'showTextDocument', {
          configurable: true,
          value: showTextDocument,
        });
      }
      assert.equal(other.document.getText(), 'zero\none\n');
      assert.equal(editor.document.getText(), 'one\ntwo\n');
      assert.deepEqual(
        asked.map(({ text }) => inEnglish(text)),
        [
          'The file has changed in the meantime. Nothing was inserted.',
          'Nothing is selected, and the code you asked about has changed since.',
        ],
      );
    },
  );

  it('offers a new file when there is no editor', async () => {
    answers = [0];
    await run('insert', 'print(1)', 'py');
    assert.equal(asked.length, 1);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'python');
  });

  it('takes the place of the selection, else of the attached lines as long as they are the same', async () => {
    const editor = await untitled('a\nb\nc\n');
    editor.selection = new vscode.Selection(1, 0, 1, 1);
    attachments = [await attachFromEditor(editor)];
    await run('replace', 'B');
    assert.equal(editor.document.getText(), 'a\nB\nc\n');
    await vscode.commands.executeCommand('undo');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run('replace', 'BB');
    assert.equal(editor.document.getText(), 'a\nBB\nc\n');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run('replace', 'never');
    assert.equal(editor.document.getText(), 'a\nBB\nc\n');
    assert.equal(asked.length, 1);
  });

  it('can be changed in the diff before it is accepted, and follows the file', async () => {
    const uri = await fileIn('t.ts', 'one\r\ntwo\r\nthree\r\nfour\r\n');
    const editor = await vscode.window.showTextDocument(uri);
    const change = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
      const start = document.getText().indexOf(from);
      const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range, to);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    await tools.propose(editor.document, (text) => text.replace('two', '2').replace('four', '4'));
    await until(isDiff);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const right = await vscode.workspace.openTextDocument(input.modified);
    assert.equal(right.getText(), 'one\r\n2\r\nthree\r\n4\r\n');
    // As the arrow between the sides does for one change.
    await change(right, '4', 'four');
    await change(editor.document, 'one', 'zero\r\none');
    await tools.acceptProposal();
    assert.equal(right.getText(), 'zero\r\none\r\n2\r\nthree\r\nfour\r\n');
    assert.equal(editor.document.getText(), 'zero\r\none\r\ntwo\r\nthree\r\nfour\r\n');
    await change(right, '2', '二');
    await tools.acceptProposal();
    assert.equal(editor.document.getText(), 'zero\r\none\r\n二\r\nthree\r\nfour\r\n');
    assert.equal(isDiff(), false);
  });

  about('versions').it('is proposed as a diff, and written only when accepted, in one step', async () => {
    const uri = await fileIn('a.ts', 'function a() {\n    if (x) {\n        b();\n    }\n}\n');
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = new vscode.Selection(1, 4, 3, 5);
    attachments = [await attachFromEditor(editor)];
    const before = editor.document.getText();
    await run('apply', 'if (y) {\n    c();\n}');
    const after = 'function a() {\n    if (y) {\n        c();\n    }\n}\n';
    assert.equal(await proposed(), after);
    assert.equal(editor.document.getText(), before);
    await tools.acceptProposal();
    assert.equal(vscode.window.activeTextEditor?.document.getText(), after);
    assert.equal(isDiff(), false);
    assert.equal(await readFile(uri.fsPath, 'utf8'), before);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), before);
  });

  it('is discarded without a trace', async () => {
    const uri = await fileIn('a.ts', 'a\n');
    const editor = await vscode.window.showTextDocument(uri);
    attachments = [await attachFromEditor(editor)];
    await run('apply', 'b');
    assert.equal(await proposed(), 'b\n');
    await tools.discardProposal();
    assert.equal(isDiff(), false);
    assert.equal(editor.document.getText(), 'a\n');
  });

  it('leaves nothing unsaved behind when it is closed while Auto Save is saving it', async () => {
    const uri = await fileIn('a.ts', 'one\n');
    const { document } = await vscode.window.showTextDocument(uri);
    await setAutoSave('afterDelay');
    try {
      await tools.propose(document, () => 'two\n');
      await until(isDiff);
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      assert.ok(input instanceof vscode.TabInputTextDiff);
      const right = await vscode.workspace.openTextDocument(input.modified);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(right.uri, new vscode.Position(0, 0), 'zero\n');
      const saving = new Promise<void>((resolve) => {
        const subscription = vscode.workspace.onWillSaveTextDocument((event) => {
          if (event.document !== right) return;
          subscription.dispose();
          resolve();
        });
      });
      assert.ok(await vscode.workspace.applyEdit(edit));
      await saving;
      await tools.discardProposal();
      // VS Code opens once more what is not saved.
      await until(() => !right.isDirty);
      assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
    } finally {
      await setAutoSave('off');
    }
  });

  it('is not written over a change: the new difference is shown, and then accepted', async () => {
    const uri = await fileIn('a.ts', 'one\ntwo\nthree\n');
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    attachments = [await attachFromEditor(editor)];
    await run('apply', '2');
    await proposed();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'zero\n');
    await vscode.workspace.applyEdit(edit);
    await tools.acceptProposal();
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), 'zero\none\ntwo\nthree\n');
    await until(() => asked.length === 2);
    await until(async () => (await proposed()) === 'zero\none\n2\nthree\n');
    await tools.acceptProposal();
    assert.equal(document.getText(), 'zero\none\n2\nthree\n');
  });

  it('asks when the attached lines are gone, and writes nothing', async () => {
    const uri = await fileIn('a.ts', `one\n${'filler\n'.repeat(30)}`);
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    attachments = [await attachFromEditor(editor)];
    await editor.edit((builder) => builder.replace(new vscode.Range(0, 0, 0, 3), 'other'));
    const before = editor.document.getText();
    await run('apply', '1');
    assert.equal(asked.length, 1);
    assert.equal(isDiff(), false);
    assert.equal(editor.document.getText(), before);
  });

  it('goes to the file it names, without the line that names it', async () => {
    await fileIn('named.ts', 'const a = 1;\nlet c;\nconst b = 2;\n');
    await untitled('elsewhere');
    const name = `${path.basename(folder)}/named.ts`;
    await run('apply', `// ${name}\nconst a = 1;\nlet c;\nconst b = 3;`);
    assert.equal(await proposed(), 'const a = 1;\nlet c;\nconst b = 3;\n');
    await tools.discardProposal();
    await run('apply', 'const a = 1;\nlet c;\nconst b = 4;', `ts ${name}`);
    assert.equal(await proposed(), 'const a = 1;\nlet c;\nconst b = 4;\n');
  });

  about('words').it('follows no path and no link out of the workspace', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'outside-'));
    await writeFile(path.join(outside, 'secret.ts'), 'secret');
    await symlink(outside, path.join(folder, 'link'));
    const base = path.basename(folder);
    for (const name of [
      path.relative(path.dirname(folder), path.join(outside, 'secret.ts')),
      `${outside}/secret.ts`,
      `${base}/link/secret.ts`,
      `${base}/link/new.ts`,
    ]) {
      // Whoever says yes to the first choice of a question is offered nothing there either.
      [asked, answers] = [[], [0]];
      await run('apply', 'x', `ts ${name}`);
      assert.equal(isDiff(), false, name);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), undefined, name);
      assert.deepEqual(
        asked.map(({ text, choices }) => [inEnglish(text), choices]),
        [['This code names no file, and no editor is open.', []]],
        name,
      );
    }
    await rm(outside, { recursive: true });
  });

  it('says when the file lies outside the workspace', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'outside-'));
    const file = path.join(outside, 'a.ts');
    await writeFile(file, 'a\n');
    attachments = [await attachFromEditor(await vscode.window.showTextDocument(vscode.Uri.file(file)))];
    await run('apply', 'b');
    await proposed();
    assert.ok(asked[0]?.text.includes(file));
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(file));
    await tools.discardProposal();
    await rm(outside, { recursive: true });
  });

  about('words').it(
    'warns before it changes a file that runs code by itself, and writes nothing unless told to',
    async () => {
      const manifest = await fileIn('package.json', '{ "name": "a", "scripts": {} }\n');
      const hook = await fileIn('hook.sh', 'exit 0\n');
      await symlink(hook.fsPath, path.join(folder, '.envrc'));
      const link = vscode.Uri.file(path.join(folder, '.envrc'));
      const cases = [
        { uri: manifest, code: '{ "name": "a", "scripts": { "postinstall": "x" } }', name: 'package.json' },
        { uri: link, code: 'curl x | sh', name: '.envrc' },
      ];
      for (const { uri, code, name } of cases) {
        const editor = await vscode.window.showTextDocument(uri);
        const before = editor.document.getText();
        attachments = [await attachFromEditor(editor)];
        [asked, answers] = [[], []];
        await run('apply', code);
        await until(() => asked.length === 1);
        assert.match(
          inEnglish(asked[0]?.text ?? ''),
          new RegExp(`${name} can run code on this machine: .+\\. Change .+\\?$`),
        );
        await until(isDiff);
        // The button of the editor's title, pressed by somebody who has not read the question.
        await tools.acceptProposal();
        assert.equal(editor.document.getText(), before);
        assert.equal(asked[1]?.modal, true);
        assert.match(inEnglish(asked[1]?.text ?? ''), new RegExp(`${name} can run code on this machine`));
        answers = [0];
        await tools.acceptProposal();
        assert.notEqual(editor.document.getText(), before);

        await run('insert', code);
        assert.equal(asked.at(-1)?.modal, true);
        await vscode.commands.executeCommand('undo');
      }
      const document = await vscode.workspace.openTextDocument(manifest);
      asked = [];
      await tools.propose(document, (text) => text.replace('"name": "a"', '"name": "b"'));
      assert.match(inEnglish(asked[0]?.text ?? ''), /^Change /);
      await tools.discardProposal();
      answers = [0];
      await run('apply', 'x', `sh ${path.basename(folder)}/.husky/x.sh`);
      assert.match(inEnglish(asked.at(-1)?.text ?? ''), /There is no .+x\.sh.+can run code on this machine/);
    },
  );

  it('offers to make a file that is not there, unsaved', async () => {
    answers = [0];
    await run('apply', 'const a = 1;', `ts ${path.basename(folder)}/new.ts`);
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.equal(document?.getText(), 'const a = 1;\n');
    assert.equal(document?.uri.path, path.join(folder, 'new.ts'));
    assert.equal(existsSync(path.join(folder, 'new.ts')), false);
  });

  about('versions').it(
    'stays in GBK on disk, byte for byte where nothing changed, and warns of what GBK can’t hold',
    async () => {
      const gbk = (text: string): Promise<Uint8Array> =>
        Promise.resolve(vscode.workspace.encode(text, { encoding: 'gbk' }));
      const uri = await fileIn('gbk.txt', await gbk('// 第一行\r\n// 第二行\r\n// 第三行，无换行'));
      const document = await vscode.workspace.openTextDocument(uri, { encoding: 'gbk' });
      assert.equal(document.encoding, 'gbk');
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(1, 3, 1, 6);
      attachments = [await attachFromEditor(editor)];
      await run('apply', '第贰行\n再一行');
      await proposed();
      await tools.acceptProposal();
      await document.save();
      const expected = await gbk('// 第一行\r\n// 第贰行\r\n再一行\r\n// 第三行，无换行');
      assert.deepEqual(new Uint8Array(await readFile(uri.fsPath)), new Uint8Array(expected));
      asked = [];
      await run('insert', 'हिन्दी 🌏');
      assert.equal(asked.length, 1);
      assert.equal(asked[0]?.modal, true);
      assert.ok(asked[0]?.text.includes('🌏'));
      assert.equal(document.isDirty, false);
    },
  );

  it('keeps the byte order mark, tabs, and a last line without an end', async () => {
    const uri = await fileIn('bom.ts', '\ufeffa {\n\tb\n}');
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = new vscode.Selection(1, 1, 1, 2);
    attachments = [await attachFromEditor(editor)];
    await run('apply', 'c {\n  d\n}');
    await proposed();
    await tools.acceptProposal();
    await editor.document.save();
    assert.equal(await readFile(uri.fsPath, 'utf8'), '\ufeffa {\n\tc {\n\t\td\n\t}\n}');
  });

  it('becomes a new file in its language', async () => {
    for (const [fence, language] of [
      ['py', 'python'],
      ['c++', 'cpp'],
      ['sh', 'shellscript'],
      ['ts src/a.ts', 'typescript'],
      ['nonsense', 'plaintext'],
    ] as const) {
      await run('new-file', 'a\n\tb', fence);
      assert.equal(vscode.window.activeTextEditor?.document.languageId, language, fence);
      assert.equal(vscode.window.activeTextEditor?.document.getText(), 'a\n\tb');
    }
  });

  it('is pasted into a terminal and not executed, whatever it holds', async () => {
    const canary = path.join(folder, 'canary');
    for (const code of [
      `touch ${canary}`,
      `touch ${canary}\x1b[201~\r`,
      `$ touch ${canary}\r\n`,
      `touch ${canary}; echo \x1b[201~\n\x0d\x0a\x03`,
    ]) {
      await run('terminal', code, 'sh');
    }
    await run('terminal', `touch ${canary}\ntouch ${canary}2\n`, 'bash');
    assert.deepEqual(picked.slice(0, 2), [`touch ${canary}`, `touch ${canary}2`]);
    const mine = vscode.window.terminals.filter(({ name }) => name === 'Qiao');
    assert.ok(mine.length > 0);
    // The oldest test host has no compiled node-pty, and with it no shell: there nothing could have run.
    const hasShell = !vscode.version.startsWith('1.104.');
    // Proof that a shell is there and has read what was pasted: the same text with Enter does run.
    for (const [index, terminal] of hasShell ? mine.entries() : []) {
      terminal.sendText('\x15', false);
      terminal.sendText(`touch ${canary}-read-${index}`, true);
      await until(() => existsSync(`${canary}-read-${index}`));
    }
    assert.equal(existsSync(canary), false);
    assert.equal(existsSync(`${canary}2`), false);
    for (const terminal of mine) terminal.dispose();
  });
});
