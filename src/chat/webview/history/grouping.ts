/** Groups chats under headings: pinned ones first, then by day, weekday and month. */

import type { HistoryEntry } from '../../common/historyEntry.ts';
import { daysBetween, type TimeFormat } from './timeFormat.ts';

export interface EntryGroup {
  label: string;
  entries: readonly HistoryEntry[];
}

export type GroupLabels = Readonly<Record<'pinned' | 'today' | 'yesterday', string>>;

/**
 * Groups entries that are sorted by time, newest first. `now`: milliseconds since the epoch. Entries dated later, by a
 * clock that is ahead, count as of today.
 */
export function groupEntries(
  entries: readonly HistoryEntry[],
  now: number,
  { labels, times }: { labels: GroupLabels; times: TimeFormat },
): EntryGroup[] {
  const pinned: HistoryEntry[] = [];
  // By label: weekdays cannot meet again within a week, and months carry their year.
  const groups = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    if (entry.pinned) {
      pinned.push(entry);
      continue;
    }
    const label = labelOf(entry.updatedAt, now);
    const group = groups.get(label);
    if (group) group.push(entry);
    else groups.set(label, [entry]);
  }
  const dated = Array.from(groups, ([label, members]) => ({ label, entries: members }));
  return pinned.length > 0 ? [{ label: labels.pinned, entries: pinned }, ...dated] : dated;

  function labelOf(at: number, today: number): string {
    const days = daysBetween(at, today);
    if (days <= 0) return labels.today;
    if (days === 1) return labels.yesterday;
    return days < 7 ? times.weekday(at) : times.month(at);
  }
}
