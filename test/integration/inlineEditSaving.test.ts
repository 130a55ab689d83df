import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { autoSaveDelay, createBench, type EditBench, setAutoSave } from './editBench.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

describe('an inline edit and saving', () => {
  let bench: EditBench;

  beforeEach(async () => {
    bench = await createBench();
  });
  afterEach(async () => {
    await bench.dispose();
    await setAutoSave('off');
  });

  const bytes = (document: vscode.TextDocument): Promise<string> => readFile(document.fileName, 'utf8');
  const changeSaved = (document: vscode.TextDocument): Promise<void> =>
    // A save that is under way keeps changes off.
    until(async () => {
      const change = new vscode.WorkspaceEdit();
      change.insert(document.uri, new vscode.Position(0, 0), 'my ');
      return document.getText().startsWith('my ') || vscode.workspace.applyEdit(change);
    });

  it('comes back after a save when all it does is insert', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\na\nnew\nb\n```' });
    await bench.edit(document, 0, 1);
    assert.equal(document.getText(), 'a\nnew\nb\n');
    await document.save();
    assert.equal(await bytes(document), 'a\nb\n');
    await until(() => document.getText() === 'a\nnew\nb\n');
    await bench.edits.decide('accept', document.uri);
    await document.save();
    assert.equal(await bytes(document), 'a\nnew\nb\n');
  });

  about('versions').it('never reaches the disk by Save without Formatting through its key', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    const seen = new Set<string>();
    const look = (): Promise<unknown> =>
      bytes(document).then(
        (text) => seen.add(text),
        () => {},
      );
    const watching = setInterval(look, 2);
    bench.emulator.script({ text: '```\nA\nB\n```' });
    await bench.edit(document, 0, 1);
    await changeSaved(document);
    const shown = document.getText();
    await bench.edits.saveUnformatted();
    await until(() => document.getText() === shown);
    clearInterval(watching);
    const saved = await bytes(document);
    assert.ok(saved === 'my a\nb\n', saved);
    assert.deepEqual(
      [...seen].filter((text) => /A|B/.test(text)),
      [],
    );
  });

  it('is taken off the disk again at once after Save without Formatting from elsewhere', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\nA\nB\n```' });
    await bench.edit(document, 0, 1);
    const shown = document.getText();
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    await until(async () => (await bytes(document)) === 'a\nb\n');
    await until(() => document.getText() === shown);
    await bench.edits.decide('accept', document.uri);
    await document.save();
    assert.equal(await bytes(document), 'A\nB\n');
  });

  about('words').it('waits in a diff while Auto Save writes every change', async () => {
    await setAutoSave('afterDelay');
    const document = await bench.open('a.txt', 'a\r\nb\r\nc\r\n');
    bench.emulator.script({ text: '```\nA\nb\nC\n```' });
    await bench.edit(document, 0, 2);
    await until(() => bench.asked.length > 0);
    assert.match(bench.asked[0]?.text ?? '', /^Auto Save writes.*Change .*a\.txt like this\?$/);
    assert.deepEqual(bench.asked[0]?.choices, ['Accept', 'Discard', 'Turn Auto Save Off']);
    assert.equal(document.getText(), 'a\r\nb\r\nc\r\n');
    assert.equal(document.isDirty, false);
    // What the user does meanwhile stays, in the lines of the edit too.
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, new vscode.Position(1, 1), '!');
    assert.ok(await vscode.workspace.applyEdit(change));
    const isDiff = (): boolean =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
    await until(isDiff);
    await bench.codeTools.acceptProposal();
    await until(() => bench.asked.length > 1);
    assert.match(bench.asked[1]?.text ?? '', /changed in the meantime/);
    await bench.codeTools.acceptProposal();
    await until(() => document.getText() === 'A\r\nb!\r\nC\r\n');
    await until(async () => (await bytes(document)) === 'A\r\nb!\r\nC\r\n');
  });

  it('goes on in place when the user turns Auto Save off', async () => {
    await setAutoSave('afterDelay');
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\nA\nb\nmore\n```' });
    bench.answer = ({ choices }) => choices.find((choice) => choice === 'Turn Auto Save Off');
    await bench.edit(document, 0, 1);
    await until(() => document.getText() === 'a\nA\nb\nmore\n');
    assert.equal(vscode.workspace.getConfiguration('files').get('autoSave'), 'off');
    // Nothing else would tell that Auto Save has let its time go by.
    await delay(3 * autoSaveDelay);
    assert.equal(await bytes(document), 'a\nb\n');
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'A\nb\nmore\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'a\nb\n');
  });

  about('versions').it('moves to the diff when Auto Save is turned on while it waits', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\nA\nb\n```' });
    await bench.edit(document, 0, 1);
    await setAutoSave('afterDelay');
    await changeSaved(document);
    await until(() => bench.asked.length > 0);
    assert.match(bench.asked[0]?.text ?? '', /^Auto Save/);
    await until(async () => /^my a\nb\n$/.test(await bytes(document)));
    assert.equal(document.getText(), 'my a\nb\n');
  });

  it('is taken out of what a closed window left behind', async () => {
    const document = await bench.open('a.txt', 'a\nb\n');
    bench.emulator.script({ text: '```\nA\nB\n```' });
    await bench.edit(document, 0, 1);
    assert.equal(document.getText(), 'a\nb\nA\nB\n');
    bench.edits.dispose();
    bench.edits = bench.create();
    await until(() => document.getText() === 'a\nb\n');
    bench.stored.set('qiao.pendingEdits', [{ uri: 1 }, 'nonsense']);
    bench.edits.dispose();
    bench.edits = bench.create();
    bench.emulator.script({ text: '```\nX\n```' });
    await bench.edit(document, 0, 1);
    await bench.edits.decide('accept', document.uri);
    assert.equal(document.getText(), 'X\n');
  });

  about('words').it(
    'is forgotten, with a word, when its file is gone or nobody opened it for 30 days',
    async () => {
      const document = await bench.open('kept.txt', 'a\n');
      const uri = (name: string): string => vscode.Uri.joinPath(document.uri, '..', name).toString();
      await vscode.workspace.fs.writeFile(vscode.Uri.parse(uri('old.txt')), new TextEncoder().encode('x\n'));
      await vscode.workspace.fs.writeFile(vscode.Uri.parse(uri('new.txt')), new TextEncoder().encode('x\n'));
      const day = 24 * 60 * 60 * 1000;
      const states = [{ shown: 'proposed', original: '' }];
      bench.stored.set('qiao.pendingEdits', [
        { uri: uri('gone.txt'), at: Date.now(), states },
        { uri: uri('old.txt'), at: Date.now() - 31 * day, states },
        { uri: uri('new.txt'), at: Date.now() - 29 * day, states },
        { uri: document.uri.toString(), at: 0, states },
        { uri: uri('earlier-version.txt').replace('earlier-version', 'new'), states },
      ]);
      bench.answer = ({ choices }) => choices.find((choice) => choice === 'Show Text');
      bench.edits.dispose();
      bench.edits = bench.create();
      const left = () => bench.stored.get('qiao.pendingEdits') as { uri: string; at: number }[];
      await until(() => bench.asked.length === 2);
      assert.ok(bench.asked.some(({ text }) => /gone\.txt.*Qiao forgets it now/.test(text)));
      await until(() => vscode.window.activeTextEditor?.document.getText() === 'proposed');
      assert.deepEqual(
        left().map((trace) => trace.uri),
        [uri('new.txt'), document.uri.toString(), uri('new.txt')],
      );
      assert.ok(left().every(({ at }) => typeof at === 'number'));
      bench.stored.set('qiao.pendingEdits', 'nonsense');
      bench.edits.dispose();
      bench.edits = bench.create();
      await until(() => bench.stored.get('qiao.pendingEdits') === undefined);
    },
  );
});
