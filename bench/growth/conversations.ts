/** Conversations: the start of a window, the list, and what each answer costs while there are many. */

import { historyRangeLength } from '../../src/chat/common/historyEntry.ts';
import type { History } from '../../src/chat/host/history/history.ts';
import { constant, leastCpu, linear, type Point, type Series } from './series.ts';
import { saveTurn, withConversations } from './storage.ts';

export async function measureConversations(quick: boolean): Promise<Series[]> {
  const [starting, first, again, saving, showing, searching] = [[], [], [], [], [], []] as [
    ...[Point[], Point[], Point[], Point[], Point[], Point[]],
  ];
  for (const size of quick ? [100, 1000, 3000] : [100, 300, 1000, 3000, 10_000]) {
    await withConversations({ count: size, turns: 1 }, async (openWindow) => {
      const rounds = quick ? 3 : 6;
      // Makes the index, which later windows find.
      await openWindow().list('');
      const start = async (): Promise<void> => void (await openWindow().open('c7'));
      starting.push({ size, cost: await leastCpu(start, { rounds, times: 10 }) });
      first.push({ size, cost: await leastCpu(() => openList(openWindow()), { rounds }) });

      const history = openWindow();
      for (let warmUp = 0; warmUp < 20; warmUp++) await openList(history);
      again.push({ size, cost: await leastCpu(() => openList(history), { rounds, times: 20 }) });
      saving.push({ size, cost: await leastCpu(() => saveTurn(history, 'c7'), { rounds, times: 10 }) });
      const show = async (): Promise<void> => {
        await saveTurn(history, 'c7');
        await openList(history);
      };
      showing.push({ size, cost: await leastCpu(show, { rounds, times: 10 }) });
      const list = history.watchList(() => {});
      searching.push({
        size,
        cost: await leastCpu(() => history.range({ ...range, query: 'zzz' }), { rounds: 1 }),
      });
      list.dispose();
    });
  }
  return [
    { label: 'conversations: start a window', unit: 'ms', points: starting, target: constant },
    { label: 'conversations: first list of a window', unit: 'ms', points: first, target: linear },
    { label: 'conversations: list again', unit: 'ms', points: again, target: constant },
    { label: 'conversations: save an answer', unit: 'ms', points: saving, target: constant },
    { label: 'conversations: save one, list again', unit: 'ms', points: showing, target: constant },
    { label: 'conversations: first search in all texts', unit: 'ms', points: searching, target: linear },
  ];
}

const range = { query: '', here: false, from: 0, count: historyRangeLength };

/** As the panel does. */
async function openList(history: History): Promise<void> {
  const list = history.watchList(() => {});
  const { entries } = await history.range(range);
  if (entries.length === 0) throw new Error('The list is empty.');
  list.dispose();
}
