import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { HistoryEntry } from '../../../src/chat/common/historyEntry.ts';
import type { DiskTrouble } from '../../../src/chat/host/history/diskState.ts';
import { createHistory } from '../../../src/chat/host/history/history.ts';
import { certificatesCheck } from '../../../src/diagnostics/host/certificatesCheck.ts';
import { historyCheck } from '../../../src/diagnostics/host/historyCheck.ts';
import { type SettingsInput, settingsCheck } from '../../../src/diagnostics/host/settingsCheck.ts';
import { storageCheck } from '../../../src/diagnostics/host/storageCheck.ts';
import { trustCheck } from '../../../src/diagnostics/host/trustCheck.ts';
import { versionsCheck } from '../../../src/diagnostics/host/versionsCheck.ts';
import { authorityFile } from '../../support/certificates.ts';
import { run } from './targets.ts';

describe('diagnostics: this computer', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe('storage', () => {
    it('takes what is written, and nothing stays behind', async () => {
      const place = path.join(folder, 'conversations');
      assert.equal((await run(storageCheck(place))).status, 'ok');
      assert.deepEqual(await readdir(place), []);
    });

    it('cannot be written to', async () => {
      // A file stands where the folder should be: also true for who may write anywhere.
      const place = path.join(folder, 'conversations');
      await writeFile(place, '');
      const { status, text } = await run(storageCheck(place));
      assert.equal(status, 'problem');
      assert.match(text, /EEXIST|ENOTDIR/);
      assert.ok(!text.includes(folder));
    });

    it('is not ours to write to', async function () {
      if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
      await chmod(folder, 0o500);
      const { status, text } = await run(storageCheck(path.join(folder, 'conversations')));
      await chmod(folder, 0o700);
      assert.deepEqual([status, /EACCES/.test(text)], ['problem', true]);
    });
  });

  describe('conversations', () => {
    const entry = (state: HistoryEntry['state']): HistoryEntry => ({
      id: state,
      title: 'A secret title',
      updatedAt: 0,
      turns: 1,
      pinned: false,
      workspace: 'secret-workspace',
      here: true,
      state,
    });
    const judge = (states: HistoryEntry['state'][], trouble?: DiskTrouble) =>
      run(historyCheck(folder, { list: async () => states.map(entry), trouble }));

    it('are counted and measured', async () => {
      await mkdir(path.join(folder, 'damaged'));
      await writeFile(path.join(folder, 'damaged', 'one.jsonl'), Buffer.alloc(3 * 2 ** 20));
      const { status, text } = await judge(['ok', 'ok']);
      assert.equal(status, 'ok');
      assert.match(text, /2; 3\.0 MB/);
      assert.doesNotMatch(text, /secret/);
    });

    it('are damaged, newer, or not saved', async () => {
      assert.equal((await judge(['ok', 'damaged'])).status, 'warning');
      assert.equal((await judge(['newer'])).status, 'warning');
      assert.equal((await judge([], { kind: 'full', message: 'no room' })).status, 'problem');
    });

    it('finds a damaged file of a real history', async () => {
      await writeFile(path.join(folder, 'broken.jsonl'), 'this is no conversation\nnor is this\n');
      const silent = { info() {}, warn() {}, error() {} };
      const history = createHistory({ folder, workspace: null, log: silent });
      const { status, text } = await run(historyCheck(folder, history));
      await history.dispose();
      assert.equal(status, 'warning', text);
    });
  });

  describe('settings', () => {
    const judge = (input: Partial<SettingsInput>) =>
      run(
        settingsCheck({
          connections: [],
          model: 'dashscope/qwen-plus',
          environment: {},
          hasProxy: false,
          ...input,
        }),
      );
    const gateway = { id: 'gateway', provider: 'openai' };

    it('are in order', async () => {
      assert.equal((await judge({})).status, 'ok');
      assert.equal((await judge({ connections: [gateway], model: 'gateway/some/model' })).status, 'ok');
      assert.equal((await judge({ connections: undefined, model: 'qwen-plus' })).status, 'ok');
    });

    for (const connections of [[{ id: 'x' }], [gateway, 'text'], { id: 'x' }, 'text']) {
      it(`cannot be read: ${JSON.stringify(connections)}`, async () => {
        const { status, text } = await judge({ connections });
        assert.equal(status, 'problem');
        assert.doesNotMatch(text, /\b0\b/);
      });
    }

    it('name a connection twice, or one that is not there', async () => {
      assert.equal((await judge({ connections: [gateway, gateway] })).status, 'warning');
      assert.equal((await judge({ model: 'gone/some-model' })).status, 'warning');
    });

    it('know that a SOCKS proxy is passed over', async () => {
      const environment = { all_proxy: 'socks5://me:secret@127.0.0.1:1080' };
      const { status, text } = await judge({ environment });
      assert.equal(status, 'warning');
      assert.doesNotMatch(text, /secret|1080/);
      assert.equal((await judge({ environment, hasProxy: true })).status, 'ok');
    });
  });

  it('knows the authorities', async () => {
    const none = path.join(folder, 'none.pem');
    const empty = path.join(folder, 'empty.pem');
    await writeFile(empty, 'nothing');
    const judge = async (extraFile?: string, strictSsl = true) =>
      (await run(certificatesCheck({ extraFile, strictSsl }))).status;
    assert.deepEqual(
      [
        await judge(),
        await judge(authorityFile),
        await judge(none),
        await judge(empty),
        await judge(undefined, false),
      ],
      ['ok', 'ok', 'problem', 'problem', 'warning'],
    );
  });

  it('knows whether the workspace is trusted', async () => {
    assert.equal((await run(trustCheck({ trusted: true, open: true }))).status, 'ok');
    assert.equal((await run(trustCheck({ trusted: true, open: false }))).status, 'skipped');
    const { status, next } = await run(trustCheck({ trusted: false, open: true }));
    assert.deepEqual([status, next?.command?.command], ['warning', 'workbench.trust.manage']);
  });

  it('names the versions', async () => {
    const { status, text } = await run(
      versionsCheck({
        qiao: '1.2.3',
        vscode: '1.104.0',
        appHost: 'desktop',
        remote: 'ssh-remote',
        node: '22.0.0',
        system: 'linux 6.8.0 x64',
        language: 'en',
      }),
    );
    assert.equal(status, 'ok');
    for (const part of ['1.2.3', '1.104.0', 'desktop', 'ssh-remote', '22.0.0', 'linux 6.8.0 x64'])
      assert.ok(text.includes(part), part);
  });
});
