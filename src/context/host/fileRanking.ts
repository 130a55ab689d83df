/** Finds files by a fuzzy query: by names first, then by paths, and Chinese names by their pinyin. */

import { setImmediate } from 'node:timers/promises';
import { go, type Result, type Snapshot, snapshot } from 'fuzzysort';
import { createPinyinFinder } from '../../base/host/pinyin.ts';

export interface RankedFile {
  path: string;
  /** Ranges of the file's name that matched, `[start, end)`, in UTF-16 units. */
  matches: [number, number][];
  score: number;
}

export interface RankingQuery {
  query: string;
  /** At most so many files. */
  limit: number;
  /** Added to the score of a file, which is between 0 and 1. */
  boostOf(path: string): number;
  signal: AbortSignal;
}

export interface FileRanking {
  readonly size: number;
  /** Adds paths with `/`, yielding to other work; resolves when all can be found. */
  add(paths: readonly string[]): Promise<void>;
  /** Removes the file, or all files in the folder. */
  remove(path: string): void;
  has(path: string): boolean;
  /** Best first; yields to other work while it searches. Empty when aborted. */
  search(query: RankingQuery): Promise<RankedFile[]>;
}

/** A slice is searched in a few milliseconds. */
const sliceSize = 8000;
/** A lower bound for the targets that the library prepares in each turn of the event loop. */
const preparedPerTurn = 50;
/** Results taken from each slice at first, as few slices contain more of the best. */
const firstLook = 8;
/** Matches with a lower score are coincidental. */
const leastScore = 0.1;
/** How long the extension host may be blocked, in milliseconds. */
const patience = 8;

/** The library prepares targets at the first search and does not notice changes of the list. */
interface Slice {
  texts: string[];
  prepared: Snapshot | undefined;
}

export function createFileRanking(): FileRanking {
  /** Paths by file name, as a repository may have many files named `index.ts`. */
  const byName = new Map<string, Set<string>>();
  const chineseNames = new Set<string>();
  const names: Slice[] = [];
  const paths: Slice[] = [];
  const known = new Set<string>();

  const addOne = (path: string): void => {
    if (known.has(path)) return;
    known.add(path);
    put(paths, path);
    const name = nameOf(path);
    const same = byName.get(name);
    if (same) {
      same.add(path);
      return;
    }
    byName.set(name, new Set([path]));
    put(names, name);
    if (chinese.test(name)) chineseNames.add(name);
  };

  const removeOne = (path: string): void => {
    // The slices keep it: what they find is looked up in `byName` and `known`.
    known.delete(path);
    byName.get(nameOf(path))?.delete(path);
  };

  return {
    get size() {
      return known.size;
    },
    has: (path) => known.has(path),
    async add(added) {
      const pause = createPause();
      for (const path of added) {
        addOne(path);
        await pause();
      }
      for (const slice of [...names, ...paths]) if (!slice.prepared) await prepare(slice);
    },
    remove(path) {
      if (known.has(path)) return removeOne(path);
      for (const inside of [...known]) if (inside.startsWith(`${path}/`)) removeOne(inside);
    },
    async search({ query, limit, boostOf, signal }) {
      const wanted = query.trim().replaceAll('\\', '/');
      const found = new Map<string, RankedFile>();
      const offer = (path: string, score: number, matches: [number, number][]): void => {
        if (!known.has(path)) return;
        const total = score + boostOf(path) - path.length / 100_000;
        if (total > (found.get(path)?.score ?? -1)) found.set(path, { path, score: total, matches });
      };
      const pause = createPause();
      const searchNames = !wanted.includes('/');
      for (const slice of searchNames ? names : []) {
        for (const { target, score, indexes } of find(wanted, slice, limit)) {
          const matches = toRanges(indexes);
          for (const path of byName.get(target) ?? []) offer(path, score, matches);
        }
        await pause();
        if (signal.aborted) return [];
      }
      for (const [name, range] of searchNames ? findByPinyin(wanted, chineseNames) : []) {
        for (const path of byName.get(name) ?? []) offer(path, range[0] === 0 ? 0.8 : 0.7, [range]);
      }
      const offerPaths = (results: readonly Result[]): void => {
        for (const { target, score, indexes } of results) {
          const nameStart = target.length - nameOf(target).length;
          const inName = indexes.filter((index) => index >= nameStart).map((index) => index - nameStart);
          // Matches in folders rank below matches in names.
          offer(target, searchNames ? score / 2 : score, toRanges(inName));
        }
      };
      const looked: { slice: Slice; last: number }[] = [];
      const scores: number[] = [];
      for (const slice of found.size < limit ? paths : []) {
        const results = find(wanted, slice, firstLook);
        const last = results.length < firstLook ? undefined : results.at(-1)?.score;
        if (last !== undefined) looked.push({ slice, last });
        scores.push(...results.flatMap(({ target, score }) => (known.has(target) ? [score] : [])));
        offerPaths(results);
        await pause();
        if (signal.aborted) return [];
      }
      const needed = scores.sort((one, other) => other - one)[limit - 1] ?? 0;
      for (const { slice, last } of looked) {
        if (last < needed) continue;
        offerPaths(find(wanted, slice, limit));
        await pause();
        if (signal.aborted) return [];
      }
      return [...found.values()].sort((a, b) => b.score - a.score).slice(0, limit);
    },
  };
}

/** Characters that are typed as pinyin. */
const chinese = /\p{Script=Han}/u;

function findByPinyin(query: string, names: ReadonlySet<string>): [string, [number, number]][] {
  if (!/^[a-z][a-z\d]+$/i.test(query) || names.size === 0) return [];
  const finder = createPinyinFinder(query);
  return [...names].flatMap((name): [string, [number, number]][] => {
    const place = finder(name);
    return place ? [[name, [place.start, place.end]]] : [];
  });
}

function put(slices: Slice[], text: string): void {
  let last = slices.at(-1);
  if (!last || last.texts.length >= sliceSize) {
    last = { texts: [], prepared: undefined };
    slices.push(last);
  }
  last.texts.push(text);
  last.prepared = undefined;
}

/** Waits while the library prepares the slice in small steps. */
async function prepare(slice: Slice): Promise<void> {
  slice.prepared = snapshot(slice.texts);
  for (let left = slice.texts.length; left > 0; left -= preparedPerTurn) await setImmediate();
  find('e', slice, 1);
}

/** No threshold: only then does the library skip targets early that can't be among the best. */
function find(query: string, slice: Slice, limit: number): Result[] {
  slice.prepared ??= snapshot(slice.texts);
  return go(query, slice.prepared, { limit, threshold: 0 }).filter(({ score }) => score >= leastScore);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Neighbours become one range. */
export function toRanges(indexes: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const index of indexes.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === index) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  return ranges;
}

/** Creates a function that yields to other work when `patience` has passed since the last time. */
export function createPause(): () => Promise<void> | undefined {
  let since = performance.now();
  let calls = 0;
  return () => {
    // Reading the clock costs as much as the work in between.
    if (++calls % 16 !== 0 && calls > 64) return undefined;
    if (performance.now() - since < patience) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
