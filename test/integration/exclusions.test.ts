/** Which `.gitignore` files count for a folder that somebody opened. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { readIgnoresAbove } from '../../src/context/host/exclusions.ts';

describe('rules above an open folder', () => {
  let repository: string;
  beforeEach(async () => {
    repository = await mkdtemp(path.join(os.tmpdir(), 'qiao-rules-'));
    await mkdir(path.join(repository, '.git'));
    await writeFile(path.join(repository, '.gitignore'), 'build/\n*.log\n');
    for (const folder of ['build/site', 'src/app']) {
      await mkdir(path.join(repository, folder), { recursive: true });
      await writeFile(path.join(repository, folder, '.gitignore'), 'made.txt\n');
    }
  });
  afterEach(() => rm(repository, { recursive: true }));

  async function ignored(folder: string, names: readonly string[]): Promise<string[]> {
    const { tree, prefix } = await readIgnoresAbove(vscode.Uri.file(path.join(repository, folder)));
    return names.filter((name) => tree.ignores(`${prefix}${name}`));
  }
  const names = ['a.ts', 'made.txt', 'x.log', 'in/made.txt'];

  it('count, up to the root of its repository', async () => {
    assert.deepEqual(await ignored('src/app', names), ['made.txt', 'x.log', 'in/made.txt']);
  });

  it('do not count where they leave out the folder itself: its own do', async () => {
    assert.deepEqual(await ignored('build/site', names), ['made.txt', 'in/made.txt']);
    assert.deepEqual(await ignored('build', ['site/a.ts']), []);
  });

  it('count for nothing where they are no file: a link may lead to a device that never ends', async function () {
    if (process.platform === 'win32') this.skip();
    await rm(path.join(repository, 'src/app/.gitignore'));
    await symlink('/dev/zero', path.join(repository, 'src/app/.gitignore'));
    assert.deepEqual(await ignored('src/app', names), ['x.log']);
  });

  it('exclude everything when they are too large to read, also for a folder in there', async () => {
    await writeFile(path.join(repository, '.gitignore'), 'nothing\n'.repeat(1_250_000));
    assert.deepEqual(await ignored('src/app', names), names);
    assert.deepEqual(await ignored('', ['a.ts']), ['a.ts']);
  });
});
