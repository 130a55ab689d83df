/** That the files which VS Code's ripgrep lists are those that VS Code lists, less the excluded ones. */

import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createFileIndex } from '../../src/context/host/fileIndex.ts';
import { listFolder } from '../../src/context/host/listFolder.ts';
import { findRipgrep } from '../../src/context/host/ripgrep.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

/** Drawn from these, at different places; each run draws the same. */
const names = [
  'a.ts',
  'b.log',
  'keep.log',
  'node_modules',
  'build',
  '.hidden',
  'docs',
  '订单',
  'x y',
  '[a]',
  '-g',
  'dist',
];
const rules = [
  'node_modules/\n*.log\n!keep.log\n',
  'build\n/docs/*.ts\n',
  '*\n!a.ts\n!docs/\n',
  '!b.log\n!build/\n',
  '订单/**\n\\[a]\n',
  '# nothing\n\ndist/\nx y\n',
];

describe('the files of a folder', () => {
  let root: string;
  let folder: vscode.WorkspaceFolder;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'qiao-list-'));
    folder = { uri: vscode.Uri.file(root), name: 'list', index: 0 };
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = async (name: string, text = ''): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  async function list(): Promise<{ paths: string[]; warnings: string[] }> {
    const paths: string[] = [];
    const warnings: string[] = [];
    await listFolder(folder, {
      onRefused: (by) => warnings.push(by),
      offer: async (more) => void paths.push(...more),
      log: { warn: (text: string) => void warnings.push(text) },
      signal: new AbortController().signal,
    });
    return { paths: paths.sort(), warnings };
  }
  /** Calls of `findFiles` for all files, while `work` runs. */
  async function countWholeListings<T>(work: () => Promise<T>): Promise<[number, T]> {
    const { findFiles } = vscode.workspace;
    let calls = 0;
    Object.defineProperty(vscode.workspace, 'findFiles', {
      configurable: true,
      value: (...args: Parameters<typeof findFiles>) => {
        if (typeof args[0] !== 'string' && args[0].pattern === '**/*') calls += 1;
        return findFiles(...args);
      },
    });
    try {
      const result = await work();
      return [calls, result];
    } finally {
      Object.defineProperty(vscode.workspace, 'findFiles', { configurable: true, value: findFiles });
    }
  }
  async function withoutRipgrep<T>(work: () => Promise<T>): Promise<T> {
    const { appRoot } = vscode.env;
    Object.defineProperty(vscode.env, 'appRoot', { configurable: true, value: path.join(root, 'nothing') });
    try {
      return await work();
    } finally {
      Object.defineProperty(vscode.env, 'appRoot', { configurable: true, value: appRoot });
    }
  }

  about('versions').it('are the same with ripgrep as without, whatever the rules', async () => {
    assert.ok(await findRipgrep(vscode.env.appRoot), 'VS Code ships ripgrep');
    let state = 7;
    const below = (limit: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor(state / 65_536) % limit;
    };
    const pick = (from: readonly string[]): string => from[below(from.length)] ?? '';
    let total = 0;
    for (let round = 0; round < 6; round++) {
      await rm(root, { recursive: true });
      for (let file = 0; file < 60; file++) {
        const depth = below(4);
        const folders = Array.from({ length: depth }, () => `${pick(names)}.d`);
        // Some folders have the name itself, which rules mean.
        const name = below(2) === 0 ? [...folders, pick(names)] : [...folders, pick(names), pick(names)];
        await write(name.join('/')).catch(() => {});
        if (below(6) === 0) await write([...folders, '.gitignore'].join('/'), pick(rules));
      }
      await write('.gitignore', pick(rules));
      // Files of ripgrep and of the user that must not count.
      for (const name of ['.ignore', '.rgignore', '.git/info/exclude']) await write(name, 'a.ts\n');
      const listed = await list();
      const reference = await withoutRipgrep(list);
      assert.deepEqual(listed, reference);
      total += listed.paths.length;
      assert.ok(!listed.paths.some((name) => name.startsWith('.git/')));
    }
    assert.ok(total > 20, `${total} files`);
  });

  it('stand behind links where VS Code follows them', async function () {
    if (process.platform === 'win32') this.skip();
    await write('inside/a.ts');
    await symlink(path.join(root, 'inside'), path.join(root, 'again'));
    await symlink(path.join(root, 'inside/a.ts'), path.join(root, 'b.ts'));
    // One that leads to itself is not followed for ever.
    await symlink(root, path.join(root, 'inside/round'));
    const settings = vscode.workspace.getConfiguration('search');
    assert.deepEqual((await list()).paths.sort(), ['again/a.ts', 'b.ts', 'inside/a.ts']);
    await settings.update('followSymlinks', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual((await list()).paths, ['inside/a.ts']);
    } finally {
      await settings.update('followSymlinks', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('come from VS Code alone when a glob depends on other files, or ripgrep fails', async () => {
    await write('a.ts');
    await write('a.js');
    const [plain] = await countWholeListings(list);
    assert.equal(plain, 0);
    const settings = vscode.workspace.getConfiguration('files');
    const exclude = settings.inspect('exclude')?.globalValue;
    await settings.update(
      'exclude',
      { '**/*.js': { when: '$(basename).ts' } },
      vscode.ConfigurationTarget.Global,
    );
    try {
      const [calls, { paths }] = await countWholeListings(list);
      assert.deepEqual([calls, paths], [1, ['a.ts']]);
    } finally {
      await settings.update('exclude', exclude, vscode.ConfigurationTarget.Global);
    }
    await write('failing/node_modules/@vscode/ripgrep/bin/rg', 'no program');
    if (process.platform === 'win32') return;
    await chmod(path.join(root, 'failing/node_modules/@vscode/ripgrep/bin/rg'), 0o755);
    const { appRoot } = vscode.env;
    Object.defineProperty(vscode.env, 'appRoot', { configurable: true, value: path.join(root, 'failing') });
    try {
      const { paths, warnings } = await list();
      assert.ok(paths.includes('a.ts'));
      assert.equal(warnings.length, 1);
    } finally {
      Object.defineProperty(vscode.env, 'appRoot', { configurable: true, value: appRoot });
    }
  });

  it('are offered while more are being listed, without the excluded ones', async function () {
    if (process.platform === 'win32') this.skip();
    const program = path.join(root, 'slow/node_modules/@vscode/ripgrep/bin/rg');
    await write(
      'slow/node_modules/@vscode/ripgrep/bin/rg',
      `#!${process.execPath}
const fs = require('fs');
process.stdout.write('slow-first.ts\\0slow-secret.gen.ts\\0');
const timer = setInterval(() => {
  if (!fs.existsSync(${JSON.stringify(path.join(root, 'go on'))})) return;
  clearInterval(timer);
  process.stdout.write('slow-second.ts\\0');
}, 20);
`,
    );
    await chmod(program, 0o755);
    const inWorkspace = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(inWorkspace);
    const made = ['slow-first.ts', 'slow-second.ts', 'slow-secret.gen.ts'];
    for (const name of made)
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(inWorkspace, name), new Uint8Array());
    const { appRoot } = vscode.env;
    Object.defineProperty(vscode.env, 'appRoot', { configurable: true, value: path.join(root, 'slow') });
    const settings = vscode.workspace.getConfiguration('qiao.context');
    await settings.update('exclude', { '**/*.gen.ts': true }, vscode.ConfigurationTarget.Global);
    const index = createFileIndex({ warn: (text: string) => console.log(text) });
    const { signal } = new AbortController();
    const find = async (): Promise<string[]> =>
      (await index.search({ query: 'slow-', limit: 50, boostOf: () => 0, signal }))
        .map(({ path }) => path)
        .sort();
    try {
      let calls = 0;
      const listed = index.prepare(() => {
        calls += 1;
      });
      await until(async () => (await find()).length > 0);
      assert.deepEqual(
        [await find(), index.isReady, index.isListing, calls],
        [['slow-first.ts'], false, true, 1],
      );
      await write('go on');
      await listed;
      assert.deepEqual(
        [await find(), index.isReady, index.isListing],
        [['slow-first.ts', 'slow-second.ts'], true, false],
      );
    } finally {
      index.dispose();
      Object.defineProperty(vscode.env, 'appRoot', { configurable: true, value: appRoot });
      await settings.update('exclude', undefined, vscode.ConfigurationTarget.Global);
      for (const name of made) await vscode.workspace.fs.delete(vscode.Uri.joinPath(inWorkspace, name));
    }
  });
});
