import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { createBench, type EditBench } from './editBench.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

describe('what is decided about an inline edit', () => {
  let bench: EditBench;

  beforeEach(async () => {
    bench = await createBench();
  });
  afterEach(() => bench.dispose());

  const insert = async (document: vscode.TextDocument, at: string, text: string): Promise<void> => {
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, document.positionAt(document.getText().indexOf(at)), text);
    assert.ok(await vscode.workspace.applyEdit(change));
  };

  it('rejected, leaves the tab unmarked and Undo as it was', async () => {
    const document = await bench.open('a.txt', 'a\r\nb\r\n');
    bench.emulator.script({ text: '```\nA\nB\n```' });
    await bench.edit(document, 0, 1);
    assert.ok(document.isDirty);
    const shown = document.getText();
    await bench.edits.decide('reject', document.uri);
    await until(() => !document.isDirty);
    assert.equal(document.getText(), 'a\r\nb\r\n');
    await vscode.commands.executeCommand('undo');
    assert.notEqual(document.getText(), shown);
    assert.equal(document.getText(), 'a\r\nb\r\n');
  });

  it('rejected in a file with other changes, leaves those and the mark', async () => {
    const document = await bench.open('a.txt', 'top\na\n');
    await insert(document, 'top', 'my ');
    bench.emulator.script({ text: '```\nA\n```' });
    await bench.edit(document, 1, 1);
    await bench.edits.decide('reject', document.uri);
    assert.equal(document.getText(), 'my top\na\n');
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'top\na\n');
  });

  about('words').it('gives back what was typed into proposed lines and went with them', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\nA\nB\n```' });
    await bench.edit(document, 0, 1);
    await insert(document, 'B\n', '我的 ');
    const shown = document.getText();
    bench.answer = ({ choices }) => choices.find((choice) => choice === 'Undo');
    await bench.edits.decide('reject', document.uri);
    await until(() => document.getText() === shown);
    assert.match(bench.asked.at(-1)?.text ?? '', /typed/);
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'A\n我的 B\n');
  });

  about('words').it('asks before it accepts lines of a file that runs code by itself', async () => {
    const document = await bench.open('package.json', '{\n  "scripts": {}\n}\n');
    bench.emulator.script({ text: '```json\n  "scripts": { "postinstall": "x" }\n```' });
    await bench.edit(document, 1, 1);
    const shown = document.getText();
    await bench.edits.decide('accept', document.uri);
    assert.match(bench.asked.at(-1)?.text ?? '', /package\.json can run code on this machine/);
    assert.equal(bench.asked.at(-1)?.modal, true);
    assert.equal(document.getText(), shown);
    bench.answer = ({ choices }) => choices[0];
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), '{\n  "scripts": { "postinstall": "x" }\n}\n');
  });

  about('words').it('stops, keeps what came, and can be asked again', async () => {
    const document = await bench.open('a.ts', 'a();\nb();\nc();\n');
    bench.emulator.script({ pieces: ['```\nA();\n', 'B();\nC();\n```'], holdAfter: 1 });
    const running = bench.edit(document, 0, 2);
    await bench.emulator.nextHold();
    await until(() => document.getText().includes('A();\n'));
    await bench.edits.decide('accept', document.uri);
    assert.match(bench.asked.at(-1)?.text ?? '', /still coming/);
    bench.edits.stop(document.uri);
    await running;
    await until(() => /^Stopped/.test(bench.asked.at(-1)?.text ?? ''));
    assert.equal(document.getText(), 'A();\na();\nb();\nc();\n');
    bench.emulator.script({ text: '```\nx();\n```' });
    const again = bench.edits.retry(document.uri);
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return bench.emulator.requests.length === 2;
    });
    await again;
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'x();\n');
    assert.match(bench.emulator.requests.at(-1)?.bodyText ?? '', /Change it/);
  });

  about('words').it('tells of errors with the way on, and leaves the document alone', async () => {
    const document = await bench.open('a.ts', 'a();\n');
    bench.emulator.script({ error: { status: 401, code: 'InvalidApiKey', message: 'No such key.' } });
    await bench.edit(document, 0, 0);
    await until(() => bench.asked.length > 0);
    assert.deepEqual(bench.asked.at(-1)?.choices, ['Try Again']);
    assert.match(bench.asked.at(-1)?.text ?? '', /No such key/);
    assert.equal(document.getText(), 'a();\n');
    assert.equal(document.isDirty, false);
  });

  it('moves between its changes, round and round', async () => {
    const document = await bench.open('a.txt', 'a\nb\nc\nd\ne\n');
    bench.emulator.script({ text: '```\nA\nb\nC\nd\nE\n```' });
    await bench.edit(document, 0, 4);
    const line = (): number => vscode.window.activeTextEditor?.selection.active.line ?? -1;
    const steps = (step: 1 | -1): number[] =>
      [0, 1, 2].map(() => {
        bench.edits.reveal(step, document.uri);
        return line();
      });
    assert.deepEqual(steps(1), [3, 6, 0]);
    assert.deepEqual(steps(-1), [6, 3, 0]);
  });

  about('versions').it('is the same in two editors of one document', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    await until(
      () => vscode.window.visibleTextEditors.filter((one) => one.document === document).length === 2,
    );
    bench.emulator.script({ text: '```\nA\nB\n```' });
    await bench.edit(document, 0, 1);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'A\nB\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'a\nb\n');
  });

  it('is over when its document is closed without saving', async () => {
    const document = await bench.open('a.txt', 'a\n');
    bench.emulator.script({ text: '```\nA\n```' });
    await bench.edit(document, 0, 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => document.isClosed || (document.getText() === 'a\n' && !document.isDirty));
    assert.equal(await readFile(document.fileName, 'utf8'), 'a\n');
    const again = await vscode.window.showTextDocument(document.uri);
    assert.equal(again.document.getText(), 'a\n');
    bench.emulator.script({ text: '```\nB\n```' });
    await bench.edit(again.document, 0, 0);
    await bench.edits.decide('accept', document.uri);
    assert.equal(again.document.getText(), 'B\n');
  });

  it('is over when its file is reverted', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\nA\nb\n```' }, { text: '```\nX\nb\n```' });
    await bench.edit(document, 0, 1);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => document.getText() === 'a\nb\n' && !document.isDirty);
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'a\nb\n');
    await bench.edit(document, 0, 1);
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'X\nb\n');
  });

  about('words').it('fixes the problem at the place', async () => {
    const document = await bench.open('a.ts', 'one();\ntwo(;\nthree();\n');
    await bench.edits.fix(document.uri, new vscode.Range(1, 0, 1, 0));
    assert.match(bench.asked.at(-1)?.text ?? '', /no problem/);
    const diagnostics = vscode.languages.createDiagnosticCollection('test');
    const place = new vscode.Range(1, 4, 1, 5);
    const problem = new vscode.Diagnostic(place, 'Argument expression expected.');
    problem.source = 'ts';
    problem.code = 1135;
    diagnostics.set(document.uri, [problem]);
    try {
      bench.emulator.script({ text: '```ts\ntwo();\n```' });
      await bench.edits.fix(document.uri, new vscode.Range(1, 0, 1, 0));
      const body = bench.emulator.requests.at(-1)?.bodyText ?? '';
      assert.match(body, /(?:line 2|第 2 行): Argument expression expected\. \(ts 1135\)/);
      await bench.edits.decide('accept', document.uri);
      assert.equal(document.getText(), 'one();\ntwo();\nthree();\n');
    } finally {
      diagnostics.dispose();
    }
  });

  it('is not begun when the user keeps a secret back', async () => {
    const document = await bench.open('a.env', 'KEY=sk-0123456789abcdef0123456789abcdef\n');
    let shown = '';
    bench.confirm = ([attachment]) => {
      shown = attachment?.text ?? '';
      return false;
    };
    await bench.edit(document, 0, 0);
    assert.match(shown, /^KEY=/);
    assert.equal(bench.emulator.requests.length, 0);
    assert.equal(document.getText(), 'KEY=sk-0123456789abcdef0123456789abcdef\n');
  });

  it('asks before a letter goes in that the file’s encoding has no place for', async () => {
    const bytes = await vscode.workspace.encode('你好\nb\n', { encoding: 'gbk' });
    const document = await bench.open('gbk.txt', bytes, 'gbk');
    bench.emulator.script({ text: '```\n🌉\n```' });
    await bench.edit(document, 1, 1);
    await bench.edits.decide('accept', document.uri);
    assert.equal(bench.asked.at(-1)?.modal, true);
    assert.equal(document.getText(), '你好\nb\n🌉\n');
    await bench.edits.decide('reject', document.uri);
    assert.equal(document.getText(), '你好\nb\n');
  });
});
