import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { createBench, type EditBench } from './editBench.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

describe('an inline edit', () => {
  let bench: EditBench;

  beforeEach(async () => {
    bench = await createBench();
  });
  afterEach(() => bench.dispose());

  about('versions').it('shows its hunks, takes decisions one by one, and is one step for Undo', async () => {
    const before = 'head\na\nb\nc\ntail\n';
    const document = await bench.open('a.txt', before);
    bench.emulator.script({ text: 'So:\n```\nA\nb\nC\n```\nDone.' });
    await bench.edit(document, 1, 3);
    assert.equal(document.getText(), 'head\na\nA\nb\nc\nC\ntail\n');
    await bench.edits.decide('accept', document.uri, 'old-0');
    await bench.edits.decide('reject', document.uri, 'old-2');
    assert.equal(document.getText(), 'head\nA\nb\nc\ntail\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await vscode.commands.executeCommand('redo');
    assert.equal(document.getText(), 'head\nA\nb\nc\ntail\n');
  });

  it('streams, is cancelled without a trace, and sends the lines with what is around', async () => {
    const before = 'one\ntwo\nthree\n';
    const document = await bench.open('b.ts', before);
    bench.emulator.script({ pieces: ['```\nTWO\nmore\n', 'never\n```'], holdAfter: 1 });
    const running = bench.edit(document, 1, 1);
    const request = await bench.emulator.nextHold();
    await until(() => document.getText() === 'one\nTWO\nmore\ntwo\nthree\n');
    await bench.edits.decide('reject', document.uri);
    await running;
    assert.equal(document.getText(), before);
    const { messages } = JSON.parse(request.bodyText).input;
    assert.match(messages.at(-1).content, /b\.ts:2-2\ntwo\n[\s\S]*2–2[\s\S]*Change it/);
  });

  about('words').it(
    'sends nothing of a file that has changed while the user was asked to confirm it',
    async () => {
      const document = await bench.open('changing.txt', 'one\ntwo\nthree\n');
      bench.confirm = async () => {
        const change = new vscode.WorkspaceEdit();
        change.replace(document.uri, new vscode.Range(0, 0, 3, 0), 'a secret\n');
        return vscode.workspace.applyEdit(change);
      };
      await bench.edit(document, 2, 2);
      assert.equal(document.getText(), 'a secret\n');
      assert.match(bench.asked.at(-1)?.text ?? '', /changed in the meantime/);
    },
  );

  about('versions').it(
    'writes nothing unaccepted to the disk, whenever it is saved, and comes back',
    async () => {
      const before = 'a\r\nb\r\n';
      const document = await bench.open('c.txt', before);
      bench.emulator.script({ text: '```\nA\nB\n```' });
      await bench.edit(document, 0, 1);
      const shown = document.getText();
      assert.notEqual(shown, before);
      await document.save();
      assert.equal(await readFile(document.fileName, 'utf8'), before);
      await until(() => document.getText() === shown);
      await bench.edits.decide('accept', document.uri);
      await document.save();
      assert.equal(await readFile(document.fileName, 'utf8'), 'A\r\nB\r\n');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    },
  );

  it('keeps what the user types meanwhile', async () => {
    const document = await bench.open('d.txt', 'top\na\nb\nc\nend\n');
    bench.emulator.script({ pieces: ['```\nA\nb\n', 'c\n```'], holdAfter: 1 });
    const running = bench.edit(document, 1, 3);
    await bench.emulator.nextHold();
    await until(() => document.getText().includes('A\n'));
    const type = async (find: string, text: string): Promise<void> => {
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, document.positionAt(document.getText().indexOf(find)), text);
      assert.ok(await vscode.workspace.applyEdit(change));
    };
    await type('top', '你好\n');
    await type('c\n', 'my ');
    await type('end', '🌉');
    bench.emulator.release();
    await running;
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), '你好\ntop\nA\nb\nmy c\n🌉end\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), '你好\ntop\na\nb\nmy c\n🌉end\n');
  });

  it('is byte-exact with BOM, GBK, tabs and 20,000 lines', async () => {
    bench.emulator.script(
      { text: '```\n\tX 好\n```' },
      { text: '```\n\tX 好\n```' },
      { text: '```\n\tX 🌉\n```' },
    );
    const bom = Buffer.from('\ufeff一\r\n\tb\r\nc', 'utf8');
    const first = await bench.open('bom.txt', bom);
    await bench.edit(first, 1, 1);
    await bench.edits.decide('accept', first.uri);
    await first.save();
    assert.deepEqual(await readFile(first.fileName), Buffer.from('\ufeff一\r\n\tX 好\r\nc', 'utf8'));

    const gbk = (text: string): Thenable<Uint8Array> => vscode.workspace.encode(text, { encoding: 'gbk' });
    const second = await bench.open('gbk.txt', await gbk('你好\n\tb\n再见\n'), 'gbk');
    assert.equal(second.lineAt(0).text, '你好');
    await bench.edit(second, 1, 1);
    await bench.edits.decide('accept', second.uri);
    await second.save();
    assert.deepEqual(await readFile(second.fileName), Buffer.from(await gbk('你好\n\tX 好\n再见\n')));

    const many = Array.from({ length: 20_000 }, (_, index) => `\tline ${index} 行`);
    const third = await bench.open('many.txt', many.join('\n'));
    await bench.edit(third, 19_999, 19_999);
    await bench.edits.decide('accept', third.uri);
    await third.save();
    assert.equal(await readFile(third.fileName, 'utf8'), [...many.slice(0, -1), '\tX 🌉'].join('\n'));
  });

  about('words').it('leaves what a cut answer did not reach, and says when there is no code', async () => {
    const document = await bench.open('e.txt', 'a\nb\nc\n');
    bench.emulator.script(
      { text: '```\nA\nb\nhal', finishReason: 'length' },
      { text: 'I am sorry, I cannot do that.' },
    );
    await bench.edit(document, 0, 2);
    await bench.edits.decide('accept', document.uri);
    assert.match(document.getText(), /b\nc\n$/);
    assert.match(bench.asked.at(-1)?.text ?? '', /cut short/);
    const text = document.getText();
    const code = await bench.open('f.ts', 'a();\n');
    await bench.edit(code, 0, 0);
    assert.equal(code.getText(), 'a();\n');
    assert.match(bench.asked.at(-1)?.text ?? '', /no code/);
    assert.equal(document.getText(), text);
  });
});
