/** Tests that only the user can read Qiao's files: folders 0700, files 0600, including those of earlier versions. */

import assert from 'node:assert/strict';
import {
  chmodSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diskFiles } from '../../../src/base/host/files.ts';
import { makePrivate } from '../../../src/base/host/privateStorage.ts';
import { createFolderWatch } from '../../../src/chat/host/history/folderWatch.ts';
import { createHistory } from '../../../src/chat/host/history/history.ts';
import { createComparisonFiles } from '../../../src/compare/host/comparisonFiles.ts';
import { createLedger } from '../../../src/usage/host/ledger.ts';
import { silentLog, writeChat } from '../chat/historySupport.ts';

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** Paths below the folder with their modes, sorted. */
function modesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return Object.fromEntries(names.map((name) => [name, modeOf(path.join(folder, name))]));
}

(process.platform === 'win32' ? describe.skip : describe)('what Qiao writes', () => {
  let scratch: string;
  let storage: string;
  let umask: number;
  beforeEach(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'qiao-private-'));
    storage = path.join(scratch, 'storage');
    // The one that hides nothing.
    umask = process.umask(0);
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(scratch, { recursive: true });
  });

  it('is for the user alone', async () => {
    const folder = path.join(storage, 'conversations');
    const history = createHistory({ folder, workspace: null, log: silentLog });
    const list = history.watchList(() => {});
    await writeChat(history, { id: 'c', question: 'q' });
    await history.list('');
    await history.deleteFile('c');
    list.dispose();
    await history.dispose();
    const onFailure = (error: unknown): void => assert.fail(String(error));
    const day = '2026-11-25';
    const ledger = createLedger({ file: path.join(storage, 'usage.jsonl'), onFailure });
    await ledger.add({ type: 'usage', day, connection: 'dashscope', model: 'm' });
    await diskFiles.replace(path.join(storage, 'catalog.json'), '{}');
    const comparisons = path.join(storage, 'comparisons');
    const options = { folder: comparisons, files: diskFiles, onTrouble: onFailure };
    await createComparisonFiles(options).open('k').append({ type: 'run', at: 1 });

    const modes = modesIn(storage);
    const [deleted] = Object.keys(modes).filter((name) => name.endsWith('-c.jsonl'));
    assert.equal(modeOf(storage), '700');
    assert.deepEqual(modes, {
      'catalog.json': '600',
      comparisons: '700',
      [path.join('comparisons', 'k.jsonl')]: '600',
      conversations: '700',
      [path.join('conversations', 'deleted')]: '700',
      [deleted ?? '']: '600',
      [path.join('conversations', 'index.json')]: '600',
      'usage.jsonl': '600',
    });
  });

  it('is so too in a folder that is watched before anything is in it', () => {
    const watch = createFolderWatch(path.join(storage, 'conversations'));
    const listening = watch.on(undefined, () => {});
    listening.dispose();
    watch.dispose();
    assert.deepEqual([modeOf(storage), modesIn(storage)], ['700', { conversations: '700' }]);
  });

  it('is made so where an earlier version left it open, but for what links lead to', async () => {
    mkdirSync(path.join(storage, 'conversations', 'damaged'), { recursive: true });
    const outside = path.join(scratch, 'outside');
    mkdirSync(outside);
    for (const file of ['storage/usage.jsonl', 'storage/conversations/c.jsonl', 'outside/mine.txt'])
      writeFileSync(path.join(scratch, file), '');
    writeFileSync(path.join(storage, 'conversations', 'damaged', 'd.jsonl'), '');
    chmodSync(path.join(storage, 'usage.jsonl'), 0o444);
    symlinkSync(outside, path.join(storage, 'link'));
    symlinkSync(path.join(outside, 'mine.txt'), path.join(storage, 'conversations', 'file'));
    symlinkSync(path.join(scratch, 'nowhere'), path.join(storage, 'broken'));
    await makePrivate(storage);
    assert.deepEqual([modeOf(storage), modeOf(outside)], ['700', '777']);
    assert.equal(modeOf(path.join(outside, 'mine.txt')), '666');
    assert.equal(modeOf(path.join(storage, 'usage.jsonl')), '400');
    for (const folder of ['conversations', 'conversations/damaged'])
      assert.equal(modeOf(path.join(storage, folder)), '700');
    for (const file of ['conversations/c.jsonl', 'conversations/damaged/d.jsonl'])
      assert.equal(modeOf(path.join(storage, file)), '600');
  });
});

describe('what writes', () => {
  it('does so through one place, which keeps modes and syncs', () => {
    const writes =
      /\b(appendFile|chmod|copyFile|cp|createWriteStream|mkdir|mkdtemp|open|rename|rm|truncate|unlink|writeFile)(Sync)?\b/;
    const src = path.join(import.meta.dirname, '../../../src');
    const writers = globSync('**/*.ts', { cwd: src }).filter((file) =>
      [
        ...readFileSync(path.join(src, file), 'utf8').matchAll(
          /import ([^;]*?) from 'node:fs(\/promises)?'/g,
        ),
      ].some(([, names = '']) => writes.test(names) || names.includes('*')),
    );
    assert.deepEqual(writers.map((file) => file.replaceAll('\\', '/')).sort(), [
      'base/host/files.ts',
      'base/host/privateStorage.ts',
      'chat/host/history/folderWatch.ts',
    ]);
  });
});
