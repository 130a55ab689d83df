import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import type { Question } from '../../src/host/code/dialogs.ts';
import { InlineEdits } from '../../src/host/edit/inlineEdits.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';

const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !condition(); turn++) await sleep(25);
  assert.ok(condition());
}

describe('an inline edit', () => {
  let emulator: Emulator;
  let edits: InlineEdits;
  let asked: Question[];
  let folder: string;
  let stored: Map<string, unknown>;

  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
    [asked, stored] = [[], new Map()];
    folder = await mkdtemp(
      path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.tmpdir(), 'edit-'),
    );
    const memory = {
      keys: () => [...stored.keys()],
      get: (key: string, fallback?: unknown) => stored.get(key) ?? fallback,
      update: async (key: string, value: unknown) => void stored.set(key, value),
    } as vscode.Memento;
    edits = new InlineEdits({
      models: {
        open: async () =>
          createChatModel(
            { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-edit' },
            'qwen-plus',
          ),
        describe: () => describeModel('dashscope', 'qwen-plus'),
      } as never,
      settings: () => ({ model: 'dashscope/qwen-plus', parameters: {} }),
      lastEditor: { getWritable: () => vscode.window.activeTextEditor },
      codeTools: { propose: async () => true },
      dialogs: {
        ask: async (question) => {
          asked.push(question);
          return undefined;
        },
        pick: async () => undefined,
      },
      confirmSend: async () => true,
      memory,
    });
  });
  afterEach(async () => {
    edits.dispose();
    while (vscode.window.activeTextEditor)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await emulator.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (
    name: string,
    content: string | Uint8Array,
    encoding?: string,
  ): Promise<vscode.TextDocument> => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const uri = vscode.Uri.file(file);
    const document = await vscode.workspace.openTextDocument(uri, encoding ? { encoding } : undefined);
    await vscode.window.showTextDocument(document);
    return document;
  };
  const lines = (first: number, last: number): vscode.Range => new vscode.Range(first, 0, last, 1);
  const edit = (document: vscode.TextDocument, range: vscode.Range): Promise<void> =>
    edits.edit({ instruction: 'Change it', uri: document.uri, range });

  it('shows its hunks, takes decisions one by one, and is one step for Undo', async () => {
    const before = 'head\na\nb\nc\ntail\n';
    const document = await open('a.txt', before);
    emulator.script({ text: 'So:\n```\nA\nb\nC\n```\nDone.' });
    await edit(document, lines(1, 3));
    assert.equal(document.getText(), 'head\na\nA\nb\nc\nC\ntail\n');
    await edits.decide('accept', document.uri, 'old-0');
    await edits.decide('reject', document.uri, 'old-2');
    assert.equal(document.getText(), 'head\nA\nb\nc\ntail\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await vscode.commands.executeCommand('redo');
    assert.equal(document.getText(), 'head\nA\nb\nc\ntail\n');
  });

  it('streams, is cancelled without a trace, and sends the lines with what is around', async () => {
    const before = 'one\ntwo\nthree\n';
    const document = await open('b.ts', before);
    emulator.script({ pieces: ['```\nTWO\nmore\n', 'never\n```'], holdAfter: 1 });
    const running = edit(document, lines(1, 1));
    const request = await emulator.nextHold();
    await until(() => document.getText() === 'one\nTWO\nmore\ntwo\nthree\n');
    await edits.decide('reject', document.uri);
    await running;
    assert.equal(document.getText(), before);
    const { messages } = JSON.parse(request.bodyText).input;
    assert.match(messages.at(-1).content, /b\.ts:2-2\ntwo\n[\s\S]*lines 2–2[\s\S]*Change it/);
  });

  it('writes nothing unaccepted to the disk, whenever it is saved, and comes back', async () => {
    const before = 'a\r\nb\r\n';
    const document = await open('c.txt', before);
    emulator.script({ text: '```\nA\nB\n```' });
    await edit(document, lines(0, 1));
    const shown = document.getText();
    assert.notEqual(shown, before);
    await document.save();
    assert.equal(await readFile(document.fileName, 'utf8'), before);
    await until(() => document.getText() === shown);
    await edits.decide('accept', document.uri);
    await document.save();
    assert.equal(await readFile(document.fileName, 'utf8'), 'A\r\nB\r\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('keeps what the user types meanwhile', async () => {
    const document = await open('d.txt', 'top\na\nb\nc\nend\n');
    emulator.script({ pieces: ['```\nA\nb\n', 'c\n```'], holdAfter: 1 });
    const running = edit(document, lines(1, 3));
    await emulator.nextHold();
    await until(() => document.getText().includes('A\n'));
    const type = async (find: string, text: string): Promise<void> => {
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, document.positionAt(document.getText().indexOf(find)), text);
      assert.ok(await vscode.workspace.applyEdit(change));
    };
    await type('top', '你好\n');
    await type('c\n', 'my ');
    await type('end', '🌉');
    emulator.release();
    await running;
    await edits.decide('accept', document.uri);
    assert.equal(document.getText(), '你好\ntop\nA\nb\nmy c\n🌉end\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), '你好\ntop\na\nb\nmy c\n🌉end\n');
  });

  it('is byte-exact with BOM, GBK, tabs and 20,000 lines', async () => {
    emulator.script({ text: '```\n\tX 好\n```' }, { text: '```\n\tX 好\n```' }, { text: '```\n\tX 🌉\n```' });
    const bom = Buffer.from('\ufeff一\r\n\tb\r\nc', 'utf8');
    const first = await open('bom.txt', bom);
    await edit(first, lines(1, 1));
    await edits.decide('accept', first.uri);
    await first.save();
    assert.deepEqual(await readFile(first.fileName), Buffer.from('\ufeff一\r\n\tX 好\r\nc', 'utf8'));

    const gbk = (text: string): Thenable<Uint8Array> => vscode.workspace.encode(text, { encoding: 'gbk' });
    const second = await open('gbk.txt', await gbk('你好\n\tb\n再见\n'), 'gbk');
    assert.equal(second.lineAt(0).text, '你好');
    await edit(second, lines(1, 1));
    await edits.decide('accept', second.uri);
    await second.save();
    assert.deepEqual(await readFile(second.fileName), Buffer.from(await gbk('你好\n\tX 好\n再见\n')));

    const many = Array.from({ length: 20_000 }, (_, index) => `\tline ${index} 行`);
    const third = await open('many.txt', many.join('\n'));
    await edit(third, lines(19_999, 19_999));
    await edits.decide('accept', third.uri);
    await third.save();
    assert.equal(await readFile(third.fileName, 'utf8'), [...many.slice(0, -1), '\tX 🌉'].join('\n'));
  });

  it('leaves what a cut answer did not reach, and says when there is no code', async () => {
    const document = await open('e.txt', 'a\nb\nc\n');
    emulator.script(
      { text: '```\nA\nb\nhal', finishReason: 'length' },
      { text: 'I am sorry, I cannot do that.' },
    );
    await edit(document, lines(0, 2));
    await edits.decide('accept', document.uri);
    assert.match(document.getText(), /b\nc\n$/);
    assert.match(asked.at(-1)?.text ?? '', /cut short/);
    const text = document.getText();
    const code = await open('f.ts', 'a();\n');
    await edit(code, lines(0, 0));
    assert.equal(code.getText(), 'a();\n');
    assert.match(asked.at(-1)?.text ?? '', /no code/);
    assert.equal(document.getText(), text);
  });
});
