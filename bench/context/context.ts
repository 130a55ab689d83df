/** How quickly `#` finds a file among a hundred thousand, beside a plain look through all their names. */

import { performance } from 'node:perf_hooks';
import { createFileRanking, type FileRanking } from '../../src/context/host/fileRanking.ts';
import { median } from '../decode/measurements.ts';
import { makePaths } from './names.ts';

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

interface Keystroke {
  query: string;
  own: number;
  limit: number;
}

/** Prints how long the index takes to build, and each keystroke to answer, as times of the limit too. */
export async function runContext({ quick }: { quick: boolean }): Promise<void> {
  const paths = makePaths(quick ? 20_000 : 100_000);
  const { ranking, buildMs, longestMs } = await build(paths);
  const count = paths.length.toLocaleString('en');
  console.log(
    `${count} files: ready after ${Math.round(buildMs)} ms, in steps of at most ${Math.round(longestMs)} ms\n`,
  );
  const keys: Keystroke[] = [];
  for (const text of typed) {
    const own = await typeText(text, quick ? 3 : 7, ranking, paths);
    keys.push(...own);
    report(text, own);
  }
  report('all', keys);
  const [middle, worst] = [median(keys.map(({ own }) => own)), Math.max(...keys.map(({ own }) => own))];
  console.log(`\nmedian ${verdict(middle, targetMedian)}, worst key ${verdict(worst, targetWorst)}`);
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
    if (isRunning) setImmediate(tick);
  };
  setImmediate(tick);
  const begin = performance.now();
  const ranking = createFileRanking();
  await ranking.add(paths);
  const buildMs = performance.now() - begin;
  isRunning = false;
  tick();
  return { ranking, buildMs, longestMs };
}

/** The median of several rounds for each key; Qiao and the limit take turns. */
async function typeText(
  text: string,
  rounds: number,
  ranking: FileRanking,
  paths: readonly string[],
): Promise<Keystroke[]> {
  const keys: Keystroke[] = [];
  for (let length = 1; length <= text.length; length++) {
    const query = text.slice(0, length);
    const own: number[] = [];
    const limit: number[] = [];
    for (let round = 0; round < rounds; round++) {
      own.push(await measure(() => ranking.search({ query, limit: 50, boostOf, signal })));
      limit.push(await measure(() => paths.filter((path) => path.includes(query))));
    }
    keys.push({ query, own: median(own), limit: median(limit) });
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
  const ratio = median(keys.map(({ own, limit }) => own / limit));
  const [own, limit] = [median(keys.map((key) => key.own)), median(keys.map((key) => key.limit))];
  console.log(
    `${text.padEnd(18)} ${own.toFixed(1).padStart(6)} ms a key, includes() ${limit.toFixed(1).padStart(5)} ms, ` +
      `${ratio.toFixed(1).padStart(5)}×; worst ${worst.own.toFixed(1).padStart(6)} ms at “${worst.query}”`,
  );
}

function verdict(value: number, target: number): string {
  return `${value.toFixed(1)} ms (target ${target} ms: ${value <= target ? 'met' : 'missed'})`;
}
