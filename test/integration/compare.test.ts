import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../src/base/host/userError.ts';
import { readQuestions } from '../../src/compare/host/readQuestions.ts';
import { about } from './tiers.ts';

describe('files of questions', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-questions-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const write = async (name: string, content: string | Uint8Array): Promise<vscode.Uri> => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return vscode.Uri.file(file);
  };
  const textsOf = async (uri: vscode.Uri): Promise<string[]> =>
    (await readQuestions(uri)).questions.map(({ text }) => text);

  about('versions').it('are read in the encoding they are written in', async () => {
    const csv = '问题,编号\n你好，世界,1\n';
    assert.deepEqual(await textsOf(await write('utf8.csv', csv)), ['你好，世界']);
    assert.deepEqual(await textsOf(await write('mark.csv', `\uFEFF${csv}`)), ['你好，世界']);
    for (const encoding of ['gbk', 'gb18030', 'utf16le', 'utf16be']) {
      const bytes = await vscode.workspace.encode(csv, { encoding });
      assert.deepEqual(await textsOf(await write(`${encoding}.csv`, bytes)), ['你好，世界'], encoding);
    }
  });

  it('count as they stand in an editor, saved or not', async () => {
    const uri = await write('open.md', '## Saved?\n');
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.positionAt(document.getText().length), '\n## Not saved yet?\n');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await textsOf(uri), ['Saved?', 'Not saved yet?']);
    await document.save();
  });

  about('words').it('say in the user’s language what is wrong with them', async () => {
    const uri = await write('wrong.csv', 'question\nok\n"never closed\n');
    await assert.rejects(
      readQuestions(uri),
      (error) => error instanceof UserError && /^wrong\.csv: .*3/.test(error.message),
    );
    const noise = await write(
      'noise.csv',
      Uint8Array.from({ length: 400 }, (_, index) => (index * 151) % 256),
    );
    await assert.rejects(readQuestions(noise), (error) => error instanceof UserError);
  });
});
