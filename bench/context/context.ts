/** What the names of a workspace cost in memory, and how quickly `#` finds a file among them. */

import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { createFileRanking, type FileRanking } from '../../src/context/host/fileRanking.ts';
import { median } from '../decode/measurements.ts';
import { measureListing } from './listing.ts';
import { makePaths } from './names.ts';
import { createPeer } from './peer.ts';

/** Each is typed letter by letter. */
const typed = [
  'usercart',
  'edpan',
  'settings.ts',
  'paymentHandler',
  'index',
  'core/user',
  'button dialog',
  'componentsbutton',
  '支付',
  'dingdan',
  'sjbg',
  'zzzq',
];

/** For one key, in milliseconds of the host's time: a frame. */
const targetMedian = 16;
/** Two frames. */
const targetWorst = 33;
/** Of 100,000 names, in MB. */
const targetHeap = 25;

interface Keystroke {
  query: string;
  /** CPU milliseconds. */
  own: number;
  peer: number;
  limit: number;
}

/** Prints memory, the time of the first suggestion, and each keystroke beside the library alone and a plain look. */
export async function runContext({ quick }: { quick: boolean }): Promise<void> {
  await reportMemory(quick ? [5000, 20_000] : [10_000, 100_000, 500_000]);
  await measureListing(quick ? 2000 : 20_000);
  const paths = makePaths(quick ? 20_000 : 100_000);
  const { ranking, buildMs, longestMs } = await build(paths);
  const peer = createPeer(paths);
  const count = paths.length.toLocaleString('en');
  console.log(
    `${count} files: ready after ${Math.round(buildMs)} ms, in steps of at most ${Math.round(longestMs)} ms of CPU\n`,
  );
  console.log('CPU for a key: Qiao, the library over all names (the way before), includes() over all paths');
  const keys: Keystroke[] = [];
  for (const text of typed) {
    const own = await typeText(text, quick ? 3 : 5, { ranking, peer, paths });
    keys.push(...own);
    report(text, own);
  }
  report('all', keys);
  const ratio = median(keys.map(({ own }) => own)) / median(keys.map(({ peer }) => peer));
  const [middle, worst] = [median(keys.map(({ own }) => own)), Math.max(...keys.map(({ own }) => own))];
  console.log(
    `\nmedian ${verdict(middle, targetMedian)}, ${ratio.toFixed(1)}× the library; worst key ${verdict(worst, targetWorst)}`,
  );
}

function verdict(value: number, target: number): string {
  return `${value.toFixed(1)} ms (target ${target} ms: ${value <= target ? 'met' : 'missed'})`;
}

/** Prints the heap, with what lies outside of it, for each byte of name, beside that of the library. */
async function reportMemory(counts: readonly number[]): Promise<void> {
  const heaps: { count: number; own: number }[] = [];
  for (const count of counts) {
    const bytes = makePaths(count).reduce((sum, path) => sum + Buffer.byteLength(path), 0);
    const own = await heldBy(async () => {
      const ranking = createFileRanking();
      await ranking.add(makePaths(count));
      await ranking.search({ query: 'core/user', limit: 50, boostOf, signal });
      return ranking;
    });
    const peer = await heldBy(async () => createPeer(makePaths(count)));
    heaps.push({ count, own });
    const each = (held: number): string => `${(held / bytes).toFixed(2)} B (${(held / 1e6).toFixed(1)} MB)`;
    console.log(
      `${count.toLocaleString('en').padStart(7)} names: heap for each byte of name ${each(own)}; the library over all ${each(peer)}`,
    );
  }
  const [first, last] = [heaps[0], heaps.at(-1)];
  if (first && last)
    console.log(
      `heap grows with the number of names by the exponent ${(Math.log(last.own / first.own) / Math.log(last.count / first.count)).toFixed(2)}`,
    );
  const large = heaps.find(({ count }) => count === 100_000);
  if (large)
    console.log(
      `heap of 100,000 names ${(large.own / 1e6).toFixed(1)} MB (target ${targetHeap} MB: ${large.own <= targetHeap * 1e6 ? 'met' : 'missed'})`,
    );
  console.log('');
}

/** Bytes on the heap and in buffers that `make`'s result holds. */
async function heldBy(make: () => Promise<unknown>): Promise<number> {
  const held = async (): Promise<number> => {
    // Buffers are freed some time after the collector ran.
    for (let round = 0; round < 5; round++) {
      globalThis.gc?.();
      await setImmediate();
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = await held();
  const made = await make();
  const after = await held();
  // Kept until here.
  return made === undefined ? 0 : after - before;
}

/** `longestMs`: the most of the thread's time for which nothing else could run. */
async function build(
  paths: readonly string[],
): Promise<{ ranking: FileRanking; buildMs: number; longestMs: number }> {
  let longestMs = 0;
  let last = process.threadCpuUsage();
  let isRunning = true;
  const tick = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    longestMs = Math.max(longestMs, (user + system) / 1000);
    last = process.threadCpuUsage();
    if (isRunning) globalThis.setImmediate(tick);
  };
  globalThis.setImmediate(tick);
  const begin = performance.now();
  const ranking = createFileRanking();
  await ranking.add(paths);
  const buildMs = performance.now() - begin;
  isRunning = false;
  tick();
  return { ranking, buildMs, longestMs };
}

/** The median of several rounds for each key; all take turns. */
async function typeText(
  text: string,
  rounds: number,
  {
    ranking,
    peer,
    paths,
  }: { ranking: FileRanking; peer: (query: string) => unknown; paths: readonly string[] },
): Promise<Keystroke[]> {
  const keys: Keystroke[] = [];
  for (let length = 1; length <= text.length; length++) {
    const query = text.slice(0, length);
    const times = { own: [] as number[], peer: [] as number[], limit: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.own.push(await measure(() => ranking.search({ query, limit: 50, boostOf, signal })));
      times.peer.push(await measure(() => peer(query)));
      times.limit.push(await measure(() => paths.filter((path) => path.includes(query))));
    }
    keys.push({ query, own: median(times.own), peer: median(times.peer), limit: median(times.limit) });
  }
  return keys;
}

const { signal } = new AbortController();
const boostOf = (): number => 0;

/** In milliseconds of this thread's own time: other programs on the machine don't count. */
async function measure(work: () => unknown): Promise<number> {
  const begin = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1000;
}

function report(text: string, keys: readonly Keystroke[]): void {
  const worst = keys.reduce((a, b) => (b.own > a.own ? b : a));
  const [own, peer, limit] = (['own', 'peer', 'limit'] as const).map((name) =>
    median(keys.map((key) => key[name])),
  );
  const ms = (value = 0): string => `${value.toFixed(1).padStart(6)} ms`;
  console.log(
    `${text.padEnd(18)} ${ms(own)} ${ms(peer)} ${ms(limit)}; worst key ${ms(worst.own)} at “${worst.query}” (library ${ms(worst.peer)})`,
  );
}
