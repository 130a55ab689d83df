/** Tests that conversations, comparisons and the ledger survive a power failure once they are reported as saved. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { diskFiles } from '../../../src/base/host/files.ts';
import type { ConversationEvent } from '../../../src/chat/common/conversationLog.ts';
import { createHistory, type History } from '../../../src/chat/host/history/history.ts';
import { createComparisonFiles } from '../../../src/compare/host/comparisonFiles.ts';
import { answerText } from '../../../src/llm/answerParts.ts';
import { createLedger } from '../../../src/usage/host/ledger.ts';
import { createPowerCutDisk, type PowerCutDisk } from '../../support/powerCut.ts';
import { textOf } from '../../support/textOf.ts';
import { asked, delta, done, header, silentLog } from '../chat/historySupport.ts';

/** How file systems can leave unsynced bytes. */
const tails: Record<string, (unsynced: Buffer) => Buffer> = {
  nothing: () => Buffer.alloc(0),
  half: (bytes) => bytes.subarray(0, Math.ceil(bytes.length / 2)),
  'all but the end of the last line': (bytes) => bytes.subarray(0, -3),
  zeros: (bytes) => Buffer.alloc(bytes.length),
  all: (bytes) => bytes,
};

describe('a power cut', () => {
  let scratch: string;
  let disk: PowerCutDisk;
  let now: number;
  const opened: History[] = [];
  beforeEach(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-power-'));
    disk = createPowerCutDisk(scratch);
    now = 1_000_000;
  });
  afterEach(async () => {
    for (const history of opened.splice(0)) await history.dispose();
    await rm(scratch, { recursive: true });
  });

  // Two levels, as in VS Code: neither is there at the first start.
  const storage = (root: string): string => path.join(root, 'storage');
  const conversations = (root: string): string => path.join(storage(root), 'conversations');
  const historyIn = (root: string, files?: PowerCutDisk['files']): History => {
    const options = { folder: conversations(root), workspace: null, log: silentLog, now: () => now };
    const history = createHistory({ ...options, files });
    opened.push(history);
    return history;
  };
  /** Looks at a folder with what is left, now or before call number `at`. */
  const afterwards = async (
    tail: keyof typeof tails,
    look: (root: string) => Promise<void>,
    at?: number,
  ): Promise<void> => {
    const root = await mkdtemp(path.join(os.tmpdir(), 'qiao-power-'));
    try {
      await disk.cut(root, tails[tail], at);
      await look(root);
    } finally {
      await rm(root, { recursive: true });
    }
  };

  it('takes no finished turn, whenever it comes and whatever it leaves of the last line', async () => {
    await disk.files.makeFolder(storage(scratch));
    const history = historyIn(scratch, disk.files);
    // The folder of the conversations is then made by the watcher.
    const list = history.watchList(() => {});
    const finished: { text: string; calls: number }[] = [];
    void history.append('c', header('c'));
    for (const number of [1, 2, 3]) {
      const id = `t${number}`;
      await history.append('c', asked(id, `question ${number}`, number));
      for (const text of ['a', '桥', 'c']) await history.append('c', delta(id, text));
      await history.append('c', done(id));
      finished.push({ text: `question ${number}: a桥c`, calls: disk.calls.length });
    }
    list.dispose();
    assert.ok(disk.calls.length > 20);
    for (const at of Array.from({ length: disk.calls.length + 1 }, (_, index) => index))
      for (const tail of Object.keys(tails))
        await afterwards(
          tail,
          async (root) => {
            const told = finished.filter(({ calls }) => calls <= at).map(({ text }) => text);
            const window = historyIn(root);
            const turns = (await window.open('c'))?.turns ?? [];
            const whole = turns.filter(({ answer }) => answer.status === 'done');
            const texts = whole.map(({ question, answer }) => `${question}: ${answerText(answer)}`);
            // A turn may be whole without having been told so.
            assert.deepEqual(texts.slice(0, told.length), told, `${tail}, before ${disk.calls[at]}`);
            const states = (await window.list('')).map(({ state }) => state);
            assert.deepEqual(
              states.filter((state) => state !== 'ok'),
              [],
            );
          },
          at,
        );
  });

  it('takes no question, and nothing that the user changed', async () => {
    const history = historyIn(scratch, disk.files);
    void history.append('c', header('c'));
    await history.append('c', asked('t', 'long thought of'));
    const changes: ConversationEvent[] = [
      { type: 'listing', title: 'Mine', pinned: true },
      { type: 'settings', settings: { systemPrompt: 'Be brief.' } },
    ];
    for (const change of changes) await history.append('c', change);
    await afterwards('nothing', async (root) => {
      const conversation = await historyIn(root).open('c');
      assert.equal(conversation?.turns[0]?.question, 'long thought of');
      assert.deepEqual([conversation.title, conversation.settings.systemPrompt], ['Mine', 'Be brief.']);
    });
  });

  it('takes at most the last five seconds and a bit of an answer that is still coming', async () => {
    const history = historyIn(scratch, disk.files);
    void history.append('c', header('c'));
    await history.append('c', asked('t', 'q'));
    let lost = 0;
    for (let second = 0; second < 60; second++) {
      await history.append('c', delta('t', `${now} `));
      await afterwards('nothing', async (root) => {
        const text = textOf((await historyIn(root).open('c'))?.turns[0]) ?? '';
        const last = Number(text.trim().split(' ').at(-1)) || 1_000_000;
        lost = Math.max(lost, now - last);
      });
      now += 1000;
    }
    assert.ok(lost >= 1000 && lost <= 5000, `${lost} ms`);
    // A sync for the question, one every five seconds, and no more.
    assert.equal(disk.calls.filter((call) => call.startsWith('sync storage')).length, 12);
  });

  it('syncs a new conversation’s file, then its name and its folders’ names, before the question counts as written', async () => {
    const history = historyIn(scratch, disk.files);
    void history.append('c', header('c'));
    await history.append('c', asked('t', 'q'));
    const file = path.join('storage', 'conversations', 'c.jsonl');
    const syncs = disk.calls.filter((call) => !call.startsWith('sync folder storage'));
    assert.deepEqual(disk.calls.slice(-3), [
      `sync ${file}`,
      `sync folder ${path.join('storage', 'conversations')}`,
      'sync folder storage',
    ]);
    assert.deepEqual(
      syncs.filter((call) => call.startsWith('write')),
      [`write ${file}`, `write ${file}`],
    );
    assert.equal(disk.calls.filter((call) => call === `sync ${file}`).length, 1, 'once for both lines');
    const before = disk.calls.length;
    await history.append('c', delta('t', 'a'));
    await history.append('c', done('t'));
    assert.deepEqual(disk.calls.slice(before), [`write ${file}`, `write ${file}`, `sync ${file}`]);
  });

  it('leaves a file that is replaced as it was or as it is, never in between', async () => {
    const file = path.join(storage(scratch), 'catalog.json');
    await disk.files.replace(file, 'old');
    const before = disk.calls.length;
    await disk.files.replace(file, 'new');
    const [write, sync, renamed, folder] = disk.calls.slice(before);
    assert.match(`${write} ${sync}`, /^write \S+\.tmp sync \S+\.tmp$/);
    assert.equal(renamed, `rename ${path.join('storage', 'catalog.json')}`);
    assert.equal(folder, 'sync folder storage');
    for (const tail of Object.keys(tails))
      await afterwards(tail, async (root) => {
        assert.equal(await readFile(path.join(storage(root), 'catalog.json'), 'utf8'), 'new');
      });
  });

  it('brings back nothing that was deleted, and loses nothing that was moved', async () => {
    const [here, there] = [path.join(scratch, 'a', 'x'), path.join(scratch, 'b', 'x')];
    await disk.files.replace(here, 'text');
    await disk.files.move(here, there);
    await afterwards('nothing', async (root) => {
      assert.deepEqual(await readdir(path.join(root, 'a')), []);
      assert.equal(await readFile(path.join(root, 'b', 'x'), 'utf8'), 'text');
    });
    await disk.files.remove(there);
    await afterwards('all', async (root) => assert.deepEqual(await readdir(path.join(root, 'b')), []));
  });

  it('takes no answer of a comparison', async () => {
    const folder = path.join(storage(scratch), 'comparisons');
    const onTrouble = (error: unknown): void => assert.fail(String(error));
    const file = createComparisonFiles({ folder, files: disk.files, onTrouble }).open('k');
    const questions = [{ id: 'q', text: 'Why?', attachments: [], history: [] }];
    const setup = { systemPrompt: '', parameters: {} };
    void file.append({ type: 'comparison', version: 1, id: 'k', createdAt: 1, setup, questions });
    await file.append({ type: 'columns', columns: [{ id: 'one', model: 'dashscope/m' }] });
    const answer = { status: 'done', text: '桥', reasoning: '', askedAt: 1, totalMs: 1, retries: 0 } as const;
    await file.append({ type: 'answer', questionId: 'q', columnId: 'one', answer });
    for (const tail of Object.keys(tails))
      await afterwards(tail, async (root) => {
        const left = path.join(storage(root), 'comparisons');
        const entry = await createComparisonFiles({ folder: left, files: diskFiles, onTrouble }).load('k');
        assert.deepEqual([...(entry?.comparison.answers.values() ?? [])], [answer]);
      });
  });

  it('takes no line of the ledger', async () => {
    const file = path.join(storage(scratch), 'usage.jsonl');
    const ledger = createLedger({
      file,
      files: disk.files,
      onFailure: (error) => assert.fail(String(error)),
    });
    const entry = { type: 'usage', day: '2026-11-25', connection: 'dashscope', model: 'm' } as const;
    await Promise.all([ledger.add(entry), ledger.add(entry)]);
    await ledger.add(entry);
    await afterwards('nothing', async (root) => {
      const text = await readFile(path.join(storage(root), 'usage.jsonl'), 'utf8');
      assert.equal(text.trimEnd().split('\n').length, 3);
    });
  });
});
