/** Names of the files of a workspace: the index, the memory it takes, and a query. */

import { createFileRanking } from '../../src/context/host/fileRanking.ts';
import { makePaths } from '../context/names.ts';
import { leastCpu, linear, type Point, type Series } from './series.ts';

export async function measureFiles(quick: boolean): Promise<Series[]> {
  const building: Point[] = [];
  const heap: Point[] = [];
  const querying: Point[] = [];
  const { signal } = new AbortController();
  for (const size of quick ? [1000, 5000, 20_000] : [1000, 3000, 10_000, 30_000, 100_000]) {
    const rounds = size > 20_000 ? 1 : 3;
    const paths = makePaths(size);
    building.push({ size, cost: await leastCpu(() => createFileRanking().add(paths), { rounds }) });
    const before = heldBytes();
    const ranking = createFileRanking();
    await ranking.add(paths);
    const query = (): Promise<unknown> =>
      ranking.search({ query: 'paymenthandler', limit: 50, boostOf: () => 0, signal });
    await query();
    heap.push({ size, cost: (heldBytes() - before) / 2 ** 20 });
    querying.push({ size, cost: await leastCpu(query, { rounds: 3, times: 5 }) });
  }
  return [
    { label: 'files: build the index', unit: 'ms', points: building, target: linear },
    { label: 'files: memory of the index', unit: 'MB', points: heap, target: linear },
    { label: 'files: a query', unit: 'ms', points: querying, target: linear },
  ];
}

/** What is alive, with bytes outside of the heap. */
function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
