import assert from 'node:assert/strict';
import type { HistoryEntry } from '../../../src/chat/common/historyEntry.ts';
import { groupEntries } from '../../../src/chat/webview/history/grouping.ts';
import { createTimeFormat, daysBetween } from '../../../src/chat/webview/history/timeFormat.ts';

const labels = { pinned: 'Pinned', today: 'Today', yesterday: 'Yesterday' };
/** A Wednesday, in whatever time zone this runs. */
const now = new Date(2026, 2, 18, 14, 30).getTime();

function entry(id: string, updatedAt: Date | number, fields: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    title: id,
    updatedAt: Number(updatedAt),
    turns: 1,
    pinned: false,
    workspace: '',
    here: false,
    state: 'ok',
    ...fields,
  };
}

function groupsOf(entries: readonly HistoryEntry[], language = 'en', at = now): [string, string[]][] {
  return groupEntries(entries, at, { labels, times: createTimeFormat(language) }).map(
    ({ label, entries: members }) => [label, members.map(({ id }) => id)],
  );
}

describe('the list of conversations', () => {
  it('is grouped by day, weekday and month, pinned ones first', () => {
    const groups = groupsOf([
      entry('ahead', new Date(2026, 2, 19, 9)),
      entry('now', now),
      entry('midnight', new Date(2026, 2, 18)),
      entry('last minute', new Date(2026, 2, 17, 23, 59, 59, 999)),
      entry('yesterday', new Date(2026, 2, 17)),
      entry('monday', new Date(2026, 2, 16, 12)),
      entry('pinned', new Date(2026, 2, 15, 12), { pinned: true }),
      entry('thursday', new Date(2026, 2, 12)),
      entry('a week ago', new Date(2026, 2, 11, 23)),
      entry('february', new Date(2026, 1, 28)),
      entry('pinned long ago', new Date(2020, 0, 1), { pinned: true }),
      entry('last march', new Date(2025, 2, 18)),
    ]);
    assert.deepEqual(groups, [
      ['Pinned', ['pinned', 'pinned long ago']],
      ['Today', ['ahead', 'now', 'midnight']],
      ['Yesterday', ['last minute', 'yesterday']],
      ['Monday', ['monday']],
      ['Thursday', ['thursday']],
      ['March 2026', ['a week ago']],
      ['February 2026', ['february']],
      ['March 2025', ['last march']],
    ]);
  });

  it('speaks the display language', () => {
    assert.deepEqual(
      groupsOf([entry('a', new Date(2026, 2, 16)), entry('b', new Date(2025, 11, 31))], 'zh-cn').map(
        ([label]) => label,
      ),
      ['星期一', '2025年12月'],
    );
    const times = createTimeFormat('zh-cn');
    assert.equal(times.ago(now, now), '现在');
    assert.equal(times.ago(now - 5 * 60_000, now), '5分钟前');
    assert.equal(times.ago(Number(new Date(2026, 2, 17)), now), '昨天');
  });

  it('has no groups without entries', () => {
    assert.deepEqual(groupsOf([]), []);
  });
});

describe('times of conversations', () => {
  const times = createTimeFormat('en');

  it('are told relative to now for a week, then as dates', () => {
    const told = (at: Date | number) => times.ago(Number(at), now);
    assert.equal(told(now + 60_000), 'now');
    assert.equal(told(now - 59_999), 'now');
    assert.equal(told(now - 60_000), '1 min. ago');
    assert.equal(told(now - 59 * 60_000), '59 min. ago');
    assert.equal(told(now - 60 * 60_000), '1 hr. ago');
    assert.equal(told(new Date(2026, 2, 18, 0, 0)), '14 hr. ago');
    assert.equal(told(new Date(2026, 2, 17, 23, 59)), 'yesterday');
    assert.equal(told(new Date(2026, 2, 11)), '7 days ago');
    assert.equal(told(new Date(2026, 2, 10)), 'Mar 10');
    assert.equal(told(new Date(2025, 11, 31)), 'Dec 31, 2025');
  });

  describe('where the clocks change', () => {
    const zone = process.env.TZ;
    before(() => {
      process.env.TZ = 'America/New_York';
    });
    after(() => {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    });

    it('count days, not hours', () => {
      // 8 March 2026 has 23 hours there, 1 November 25.
      assert.equal(daysBetween(+new Date(2026, 2, 8, 0, 30), +new Date(2026, 2, 9, 0, 10)), 1);
      assert.equal(daysBetween(+new Date(2026, 2, 7, 23), +new Date(2026, 2, 9, 1)), 2);
      assert.equal(daysBetween(+new Date(2026, 10, 1, 0, 10), +new Date(2026, 10, 1, 23, 50)), 0);
      assert.equal(daysBetween(+new Date(2026, 9, 31, 23), +new Date(2026, 10, 2, 0, 1)), 2);
    });
  });
});
