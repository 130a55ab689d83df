/** Opens what an answer names: in the workspace, or what was attached, and nothing else. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { toAttachment, wholeRange } from '../../src/context/host/documentAttachment.ts';
import { filesThere, openFile } from '../../src/edit/host/code/openFile.ts';
import { closeEverything } from './closeEverything.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere');

describe('files that answers name', () => {
  const folder = vscode.Uri.joinPath(root, 'open-file-test');
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const write = (name: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
  let outside: string;

  before(async () => {
    outside = await mkdtemp(path.join(tmpdir(), 'qiao-outside-'));
    await writeFile(path.join(outside, 'diary.txt'), 'private\n');
    await write('a.ts', 'one\ntwo\nthree\nfour\n');
    await write('文档/说明.md', '# 桥\n');
    await write('deep/only-here.ts', 'x\n');
    await symlink(path.join(outside, 'diary.txt'), at('diary.txt').fsPath);
  });
  afterEach(closeEverything);
  after(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await rm(outside, { recursive: true });
  });

  const shown = async (name: string): Promise<vscode.TextEditor> => {
    const isIt = () => vscode.window.activeTextEditor?.document.uri.path.endsWith(`/${name}`) === true;
    await until(isIt);
    return vscode.window.activeTextEditor ?? assert.fail(name);
  };

  about('versions').it('are shown at their lines', async () => {
    for (const [reference, name, first, last] of [
      ['open-file-test/a.ts:2-3', 'a.ts', 1, 2],
      ['open-file-test/a.ts:4', 'a.ts', 3, 3],
      ['open-file-test/文档/说明.md', '说明.md', 0, 0],
      [`${at('a.ts').path}:2`, 'a.ts', 1, 1],
      ['open-file-test/a.ts:900', 'a.ts', 4, 4],
    ] as const) {
      await openFile(reference, []);
      const { selection } = await shown(name);
      await until(() => vscode.window.activeTextEditor?.selection.end.line === last);
      assert.equal(vscode.window.activeTextEditor?.selection.start.line, first, reference);
      assert.ok(selection);
      await closeEverything();
    }
  });

  it('are found by their name alone, and by what was attached', async () => {
    await openFile('only-here.ts:1', []);
    await shown('only-here.ts');
    const diary = await vscode.workspace.openTextDocument(path.join(outside, 'diary.txt'));
    const attached = [toAttachment(diary, wholeRange(diary), 'file')];
    await openFile('diary.txt', attached);
    await shown('diary.txt');
  });

  about('words').it('are refused outside of the workspace, and where there is none', async () => {
    for (const reference of [
      'open-file-test/none.ts',
      '../secret.ts',
      path.join(outside, 'diary.txt'),
      'open-file-test/diary.txt',
      'javascript:alert(1)',
      'open-file-test/deep',
      '',
    ])
      await assert.rejects(openFile(reference, []), { name: 'UserError' }, reference);
    assert.equal(vscode.window.activeTextEditor, undefined);
    const forged = {
      kind: 'file' as const,
      uri: vscode.Uri.file(path.join(outside, 'other.txt')).toString(),
      path: 'other.txt',
    };
    await writeFile(path.join(outside, 'other.txt'), 'private');
    await assert.rejects(openFile('other.txt', [forged]), { name: 'UserError' });
  });

  it('are told apart from those that are not there', async () => {
    const asked = [
      'open-file-test/a.ts:2',
      'open-file-test/none.ts',
      'and/or.ts',
      'open-file-test/diary.txt',
      'only-here.ts:1',
    ];
    assert.deepEqual(await filesThere(asked, []), ['open-file-test/a.ts:2']);
  });
});
