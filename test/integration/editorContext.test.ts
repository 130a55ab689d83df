import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  attachAllFromEditor,
  attachFromEditor,
  openAttachment,
} from '../../src/context/host/editorContext.ts';
import { closeEverything } from './closeEverything.ts';
import { about } from './tiers.ts';

async function open(content: string, language = 'typescript'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

describe('code from the editor', () => {
  afterEach(closeEverything);

  it('takes the selection with its lines', async () => {
    const editor = await open('one\ntwo 二\nthree\nfour\n');
    editor.selection = new vscode.Selection(1, 0, 2, 5);
    const attachment = await attachFromEditor(editor);
    assert.equal(attachment.text, 'two 二\nthree');
    assert.deepEqual([attachment.kind, attachment.startLine, attachment.endLine], ['selection', 2, 3]);
    assert.equal(attachment.languageId, 'typescript');
  });

  it('does not count a line of which nothing is selected', async () => {
    const editor = await open('one\ntwo\nthree\n');
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    const attachment = await attachFromEditor(editor);
    assert.equal(attachment.text, 'one\ntwo');
    assert.equal(attachment.endLine, 2);
  });

  const select = (...places: [startLine: number, start: number, endLine: number, end: number][]) =>
    places.map(([line, start, endLine, end]) => new vscode.Selection(line, start, endLine, end));
  for (const [name, selections, expected] of [
    [
      'several cursors, in the order of the document',
      select([3, 0, 3, 4], [0, 0, 1, 3]),
      ['1–2: one\ntwo', '4–4: four'],
    ],
    ['carets beside a selection as nothing', select([1, 0, 1, 3], [3, 1, 3, 1]), ['2–2: two']],
    ['a line break beside a selection as nothing', select([1, 0, 1, 3], [3, 4, 4, 0]), ['2–2: two']],
    ['words of one line together', select([2, 0, 2, 2], [2, 4, 2, 5]), ['3–3: three']],
    ['a column as whole lines', select([0, 0, 0, 2], [1, 0, 1, 2], [2, 0, 2, 2]), ['1–3: one\ntwo\nthree']],
    ['a column drawn upwards too', select([2, 1, 2, 2], [1, 1, 1, 2]), ['2–3: two\nthree']],
  ] as const) {
    it(`takes ${name}`, async () => {
      const editor = await open('one\ntwo\nthree\nfour\n');
      editor.selections = selections;
      const attachments = await attachAllFromEditor(editor);
      assert.deepEqual(
        attachments.map(({ startLine, endLine, text }) => `${startLine}–${endLine}: ${text}`),
        expected,
      );
      assert.ok(attachments.every(({ kind }) => kind === 'selection'));
    });
  }

  it('takes more than twenty cursors as one stretch', async () => {
    const editor = await open('ab\n\n\n'.repeat(30));
    editor.selections = Array.from(
      { length: 25 },
      (_, index) => new vscode.Selection(index * 3, 0, index * 3, 2),
    );
    const [attachment, ...more] = await attachAllFromEditor(editor);
    assert.deepEqual([attachment?.startLine, attachment?.endLine, more.length], [1, 73, 0]);
  });

  it('takes a small file whole when nothing is selected', async () => {
    const attachment = await attachFromEditor(await open('one\ntwo'));
    assert.deepEqual(
      [attachment.kind, attachment.text, attachment.startLine, attachment.endLine],
      ['file', 'one\ntwo', 1, 2],
    );
  });

  it('takes the lines on screen of a large file without symbols', async () => {
    const editor = await open('a line of some length, to fill the file\n'.repeat(3000), 'plaintext');
    const attachment = await attachFromEditor(editor);
    assert.equal(attachment.kind, 'visible');
    assert.ok(attachment.endLine - attachment.startLine < 200);
    assert.ok(attachment.text.length > 0);
  });

  about('versions').it('takes the symbol around the cursor of a large file', async () => {
    const provider = vscode.languages.registerDocumentSymbolProvider('plaintext', {
      provideDocumentSymbols: () => {
        const range = new vscode.Range(100, 0, 120, 5);
        return [new vscode.DocumentSymbol('total', '', vscode.SymbolKind.Function, range, range)];
      },
    });
    const editor = await open('a line of some length, to fill the file\n'.repeat(3000), 'plaintext');
    editor.selection = new vscode.Selection(110, 3, 110, 3);
    const attachment = await attachFromEditor(editor);
    provider.dispose();
    assert.deepEqual(
      [attachment.kind, attachment.symbol, attachment.startLine, attachment.endLine],
      ['symbol', 'total', 101, 121],
    );
  });

  it('names files by their path in the workspace, and opens them again', async () => {
    const [file] = await vscode.workspace.findFiles('**/*.*', null, 1);
    assert.ok(file);
    const editor = await vscode.window.showTextDocument(file);
    const attachment = await attachFromEditor(editor);
    assert.equal(attachment.path, vscode.workspace.asRelativePath(file));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openAttachment(attachment);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());
  });
});
