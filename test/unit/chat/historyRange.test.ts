/** What the list of chats costs: it grows with what is shown and what changed, not with the number of chats. */

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diskFiles, type HistoryFiles } from '../../../src/base/host/files.ts';
import type { ConversationEvent } from '../../../src/chat/common/conversationLog.ts';
import { historyRangeLength } from '../../../src/chat/common/historyEntry.ts';
import type { HostMessage } from '../../../src/chat/common/protocol.ts';
import { createFolderWatch } from '../../../src/chat/host/history/folderWatch.ts';
import type { HistoryRangeRequest } from '../../../src/chat/host/history/history.ts';
import { createHistoryIndex } from '../../../src/chat/host/history/historyIndex.ts';
import {
  createHistoryPanel,
  type HistoryPanelDependencies,
} from '../../../src/chat/host/history/historyPanel.ts';
import { formatLine } from '../../../src/chat/host/history/parseLine.ts';
import { until } from '../../support/until.ts';
import { asked, delta, done, filesWith, header, silentLog, useHistory } from './historySupport.ts';

const { folder, window } = useHistory();

const fileOf = (id: string): string => path.join(folder(), `${id}.jsonl`);

function write(id: string, at: number, ...more: ConversationEvent[]): void {
  const turn = `${id}-t`;
  const events = [header(id, at % 3 === 0 ? 'file:///here' : null), asked(turn, `question ${id}`, at)];
  const lines = [...events, delta(turn, `answer ${id}`), done(turn), ...more].map(formatLine);
  writeFileSync(fileOf(id), `${lines.join('\n')}\n`);
}

/** Chats c0 to c(count - 1), the newest last. */
function writeMany(count: number): void {
  for (let number = 0; number < count; number++) write(`c${number}`, number + 1);
}

interface Counts {
  files: HistoryFiles;
  facts: number;
  reads: number;
  writes: number;
}

function counting(): Counts {
  const counts: Counts = { files: diskFiles, facts: 0, reads: 0, writes: 0 };
  counts.files = filesWith({
    facts(file) {
      counts.facts++;
      return diskFiles.facts(file);
    },
    read(file, from) {
      counts.reads++;
      return diskFiles.read(file, from);
    },
    replace(file, text, options) {
      counts.writes++;
      return diskFiles.replace(file, text, options);
    },
  });
  return counts;
}

/** Calls made by `work`. */
async function spent(counts: Counts, work: () => Promise<unknown>): Promise<Omit<Counts, 'files'>> {
  const { facts, reads, writes } = counts;
  await work();
  return { facts: counts.facts - facts, reads: counts.reads - reads, writes: counts.writes - writes };
}

const first: HistoryRangeRequest = { query: '', here: false, from: 0, count: 20 };

describe('the cost of the list of chats', () => {
  it('is one look at all files for each window, and then only at what changed', async () => {
    writeMany(400);
    await window().list('');
    const counts = counting();
    const history = window({ files: counts.files });
    const open = async (): Promise<void> => {
      const watching = history.watchList(() => {});
      assert.equal((await history.range(first)).entries.length, 20);
      watching.dispose();
    };
    const once = await spent(counts, open);
    assert.ok(once.facts >= 400);
    assert.equal(once.reads, 1, 'the index; no chat is read ahead for a search');
    // The watch began in the middle of the first look.
    await open();
    const again = await spent(counts, open);
    assert.ok(again.facts <= 110, `${again.facts} files looked at`);
    assert.deepEqual([again.reads, again.writes], [0, 0]);

    await window().append('c7', { type: 'listing', title: 'Another', pinned: true });
    // The system tells of it within a moment.
    await until(async () => (await history.range(first)).entries.some(({ id }) => id === 'c7'));
    const own = await spent(counts, async () => {
      await history.append('c8', { type: 'listing', title: 'Own' });
      assert.equal(
        (await history.range({ ...first, from: 380 })).entries.find(({ id }) => id === 'c8')?.title,
        'Own',
      );
    });
    assert.ok(own.reads <= 2, `${own.reads} files read`);
    assert.ok(own.facts <= 220, `${own.facts} files looked at`);
  });

  it('does not write a long index again for every change', async () => {
    writeMany(300);
    const counts = counting();
    const history = window({ files: counts.files });
    await history.list('');
    const few = await spent(counts, async () => {
      await history.append('c1', { type: 'listing', title: 'x' });
      await history.list('');
    });
    assert.equal(few.writes, 0);
    const some = await spent(counts, async () => {
      for (const id of ['c2', 'c3', 'c4', 'c5']) await history.append(id, { type: 'listing', title: 'x' });
      await history.list('');
    });
    assert.equal(some.writes, 1);
  });

  it('is, for a search that goes on, what changed since', async () => {
    writeMany(60);
    const counts = counting();
    const history = window({ files: counts.files });
    const watching = history.watchList(() => {});
    const search = (query: string) => history.range({ ...first, query });
    assert.equal((await search('answer c')).total, 60);
    assert.equal((await spent(counts, () => search('answer c1'))).reads, 0);
    assert.equal((await search('answer c1')).total, 11);
    const changed = await spent(counts, async () => {
      await history.append('c2', { type: 'listing', title: 'answer c1, not really' });
      assert.equal((await search('answer c1')).total, 12);
    });
    assert.ok(changed.reads <= 3, `${changed.reads} files read`);
    const titles = await spent(counts, async () => {
      const found = await history.range({ ...first, query: 'not really', quick: true });
      assert.deepEqual(
        found.entries.map(({ id }) => id),
        ['c2'],
      );
    });
    assert.equal(titles.reads, 0);
    watching.dispose();
  });
});

describe('a range of the list of chats', () => {
  it('counts pinned ones first, and gives the newest first', async () => {
    writeMany(12);
    write('c3', 4, { type: 'listing', pinned: true });
    const history = window({ workspace: 'file:///here' });
    const ids = async (request: Partial<HistoryRangeRequest>) => {
      const { entries, ...rest } = await history.range({ ...first, count: 3, ...request });
      return { ids: entries.map(({ id }) => id).join(' '), ...rest };
    };
    assert.deepEqual(await ids({}), { ids: 'c11 c10 c3', from: 0, total: 12, elsewhere: true });
    assert.deepEqual(await ids({ from: 3 }), { ids: 'c9 c8 c7', from: 3, total: 12, elsewhere: true });
    assert.deepEqual(await ids({ from: 99 }), { ids: 'c2 c1 c0', from: 9, total: 12, elsewhere: true });
    assert.deepEqual(await ids({ around: 'c7' }), { ids: 'c8 c7 c6', from: 4, total: 12, elsewhere: true });
    assert.deepEqual(await ids({ around: 'c3' }), { ids: 'c11 c10 c3', from: 0, total: 12, elsewhere: true });
    assert.deepEqual(await ids({ around: 'gone', from: 3 }), await ids({ from: 3 }));
    assert.deepEqual(await ids({ here: true }), { ids: 'c11 c8 c5', from: 0, total: 4, elsewhere: true });
    assert.deepEqual(await ids({ query: 'c2' }), { ids: 'c2', from: 0, total: 1, elsewhere: false });
    assert.deepEqual(await ids({ query: 'nowhere' }), { ids: '', from: 0, total: 0, elsewhere: false });
  });

  it('comes from the index while files are looked at, and from the files then', async () => {
    writeMany(10);
    await window().list('');
    write('late', 99);
    let answer = (): void => {};
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const files = filesWith({ facts: (file) => isAnswered.then(() => diskFiles.facts(file)) });
    const history = window({ files });
    const totals: (number | undefined)[] = [];
    const dependencies: Partial<HistoryPanelDependencies> = {
      history,
      sessions: { find: () => undefined, onDidChange: () => ({ dispose() {} }) } as never,
      post: ({ total }) => totals.push(total),
    };
    const panel = createHistoryPanel(dependencies as HistoryPanelDependencies);
    const asking = panel.handlers['history-search']({ type: 'history-search', query: '' });
    await until(() => totals.length > 0);
    assert.deepEqual(totals, [10]);
    answer();
    await asking;
    assert.deepEqual(totals, [10, 11]);
    panel.dispose();
  });

  it('is all that a panel sends, however many there are', async () => {
    writeMany(400);
    const history = window();
    const posted: Extract<HostMessage, { type: 'history-list' }>[] = [];
    const dependencies: Partial<HistoryPanelDependencies> = {
      history,
      sessions: { find: () => undefined, onDidChange: () => ({ dispose() {} }) } as never,
      post: (message) => posted.push(message),
    };
    const panel = createHistoryPanel(dependencies as HistoryPanelDependencies);
    const { 'history-search': ask, 'history-run': run } = panel.handlers;
    await ask({ type: 'history-search', query: '' });
    await ask({ type: 'history-search', query: '', from: 395 });
    // Where it went after a change, the page sees it.
    await run({ type: 'history-run', action: 'pin', id: 'c0' });
    panel.dispose();
    const told = posted.map(({ entries, from, total }) => [entries.length, from, total, entries.at(-1)?.id]);
    assert.deepEqual(told, [
      [historyRangeLength, 0, 400, `c${400 - historyRangeLength}`],
      [historyRangeLength, 400 - historyRangeLength, 400, 'c0'],
      [historyRangeLength, 0, 400, 'c0'],
    ]);
  });
});

describe('the index of chats', () => {
  const create = (takeChanged: () => ReadonlySet<string> | undefined) =>
    createHistoryIndex({ folder: folder(), files: diskFiles, log: silentLog, takeChanged });

  it('finds in time what the system told nothing of', async () => {
    writeMany(250);
    const index = create(() => new Set());
    const turnsOf = async (id: string) => (await index.refresh()).find((record) => record.id === id)?.turns;
    assert.equal(await turnsOf('c200'), 1);
    assert.equal(await index.refresh(), await index.refresh(), 'the same while nothing changes');
    appendFileSync(fileOf('c200'), `${formatLine(asked('t2', 'more', 900))}\n`);
    const seen: unknown[] = [];
    for (let look = 0; look < 4; look++) seen.push(await turnsOf('c200'));
    assert.ok(seen.includes(2), String(seen));
    // Names that come and go change the folder's time.
    write('new', 901);
    rmSync(fileOf('c9'));
    utimesSync(folder(), 1, 1);
    assert.equal(await turnsOf('new'), 1);
    assert.equal(await turnsOf('c9'), undefined);
  });

  it('looks at all when anything may have changed', async () => {
    writeMany(250);
    let isWatched = true;
    const index = create(() => (isWatched ? new Set() : undefined));
    await index.refresh();
    isWatched = false;
    for (const id of ['c100', 'c249']) {
      appendFileSync(fileOf(id), `${formatLine(asked('t2', 'more', 900))}\n`);
      assert.equal((await index.refresh()).find((record) => record.id === id)?.turns, 2);
    }
  });
});

describe('the watch of the folder of chats', () => {
  it('tells what changed since it was asked, and that it does not know when it did not watch', async () => {
    mkdirSync(folder(), { recursive: true });
    const watch = createFolderWatch(folder());
    assert.equal(watch.takeChanged(), undefined);
    const watching = watch.on(undefined, () => {});
    assert.equal(watch.takeChanged(), undefined, 'it has just begun');
    assert.deepEqual(watch.takeChanged(), new Set());
    write('c', 1);
    const names = new Set<string>();
    await until(() => {
      for (const name of watch.takeChanged() ?? []) names.add(name);
      return names.has('c.jsonl');
    });
    watching.dispose();
    assert.equal(watch.takeChanged(), undefined);
    assert.ok(existsSync(fileOf('c')));
  });
});
