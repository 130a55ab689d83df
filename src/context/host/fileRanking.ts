/** Finds files by a fuzzy query: by names first, then by paths, and Chinese names by their pinyin. */

import { setImmediate } from 'node:timers/promises';
import { prepare, single } from 'fuzzysort';
import { loadPinyinFinder } from '../../base/host/loadPinyin.ts';
import type { Finder } from '../../base/host/pinyin.ts';
import { type Block, createPackedPaths, nameAt, pathAt } from './packedPaths.ts';
import {
  boundOf,
  hasChinese,
  longestFor,
  marksOf,
  type Pattern,
  toOwnScore,
  toPattern,
  toScore,
} from './scoreBound.ts';

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
  /** Paths that are found if they match at all, such as those with a boost. */
  always?: readonly string[];
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

/** Matches with a lower score are coincidental. */
const leastScore = 0.1;
/** How long the extension host may be blocked, in milliseconds. */
const patience = 8;
/** Subtracted for each character of a path. */
const lengthCost = 1 / 100_000;
/** More than the rounding of a score. */
const tolerance = 1e-9;

interface Match {
  score: number;
  matches: [number, number][];
}

/** What is ranked of a path, and how much its score counts. */
interface Subject {
  part: 'name' | 'path';
  factor: number;
}

export function createFileRanking(): FileRanking {
  const paths = createPackedPaths(marksOf);
  return {
    get size() {
      return paths.size;
    },
    has: (path) => paths.has(path),
    async add(added) {
      const pause = createPause();
      for (const path of added) {
        paths.add(path);
        const waiting = pause();
        if (waiting) await waiting;
      }
    },
    remove: (path) => paths.remove(path),
    async search({ query, limit, boostOf, always = [], signal }) {
      const wanted = query.trim().replaceAll('\\', '/');
      const pattern = toPattern(wanted);
      if (!pattern) return [];
      const best = createBest(limit, boostOf);
      const searchNames = !wanted.includes('/');
      const subjects: Subject[] = searchNames
        ? [
            { part: 'name', factor: 1 },
            // Matches in folders rank below matches in names.
            { part: 'path', factor: 0.5 },
          ]
        : [{ part: 'path', factor: 1 }];
      const pause = createPause();
      for (const subject of subjects) {
        if (best.isFull) break;
        const scoreOf = createScorer(wanted, subject);
        for (const path of always) if (paths.has(path)) best.offer(path, scoreOf(path));
        for (const block of paths.blocks) {
          for (const { index, bound } of await candidatesIn(block, { pattern, subject, best, pause })) {
            if (bound <= best.needed) break;
            const path = pathAt(block, index);
            best.offer(path, scoreOf(path));
            await pause();
          }
          await pause();
          if (signal.aborted) return [];
        }
        if (subject.part === 'name') await offerByPinyin(wanted, { blocks: paths.blocks, best, pause });
        if (signal.aborted) return [];
      }
      return best.list();
    },
  };
}

interface Best {
  readonly isFull: boolean;
  /** A file with this score or a lower one is not among the best; -Infinity before there are enough. */
  readonly needed: number;
  offer(path: string, match: Match | undefined): void;
  list(): RankedFile[];
}

function createBest(limit: number, boostOf: RankingQuery['boostOf']): Best {
  const files: RankedFile[] = [];
  const needed = (): number =>
    files.length < limit ? Number.NEGATIVE_INFINITY : (files.at(-1)?.score ?? Number.POSITIVE_INFINITY);
  return {
    get isFull() {
      return files.length >= limit;
    },
    get needed() {
      return needed();
    },
    offer(path, match) {
      if (!match) return;
      const score = match.score + boostOf(path) - path.length * lengthCost;
      if (score <= needed()) return;
      const known = files.findIndex((file) => file.path === path);
      if (known !== -1) {
        if (score <= (files[known]?.score ?? 0)) return;
        files.splice(known, 1);
      }
      const place = files.findIndex((file) => file.score < score);
      files.splice(place === -1 ? files.length : place, 0, { path, matches: match.matches, score });
      if (files.length > limit) files.pop();
    },
    list: () => files,
  };
}

/** Scores with the library, each name once. */
function createScorer(query: string, { part, factor }: Subject): (path: string) => Match | undefined {
  const names = new Map<string, Match | undefined>();
  const scoreOf = (text: string, nameStart: number): Match | undefined => {
    const result = single(query, prepare(text));
    if (!result || result.score < leastScore) return undefined;
    const inName = result.indexes.filter((index) => index >= nameStart).map((index) => index - nameStart);
    return { score: result.score * factor, matches: toRanges(inName) };
  };
  return (path) => {
    const nameStart = path.lastIndexOf('/') + 1;
    if (part === 'path') return scoreOf(path, nameStart);
    const name = path.slice(nameStart);
    if (!names.has(name)) names.set(name, scoreOf(name, 0));
    return names.get(name);
  };
}

interface Scan {
  pattern: Pattern;
  subject: Subject;
  best: Best;
  pause: Pause;
}

interface Candidate {
  index: number;
  /** At least the path's score without a boost. */
  bound: number;
}

/** The paths of the block that may be among the best, best first. */
async function candidatesIn(block: Block, { pattern, subject, best, pause }: Scan): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const { bytes, starts } = block;
  const isName = subject.part === 'name';
  const marks = isName ? block.nameMarks : block.pathMarks;
  const begins = isName ? block.names : starts;
  const least = toOwnScore(Math.max(leastScore, best.needed / subject.factor)) - tolerance;
  const longest = longestFor(pattern, least);
  for (let index = 0; index < block.count; index++) {
    if (((marks[index] ?? 0) & pattern.marks) >>> 0 !== pattern.marks || marks[index] === 0) continue;
    const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? 0];
    const begin = begins[index] ?? 0;
    // A character takes at most three bytes of UTF-8.
    const bytesEach = ((block.pathMarks[index] ?? 0) >>> 31) * 2 + 1;
    if (end - begin > longest * bytesEach) continue;
    const own = boundOf(pattern, bytes, begin, end);
    // Awaiting nothing would take as long as the work.
    const waiting = pause();
    if (waiting) await waiting;
    if (own < least) continue;
    const cost = ((end - start) / bytesEach) * lengthCost;
    const bound = toScore(own) * subject.factor - cost + tolerance;
    if (bound > best.needed) candidates.push({ index, bound });
  }
  return candidates.sort((one, other) => other.bound - one.bound);
}

/** Offers names in Chinese that match by pinyin. */
async function offerByPinyin(
  query: string,
  { blocks, best, pause }: { blocks: readonly Block[]; best: Best; pause: Pause },
): Promise<void> {
  let findIn: Finder | undefined;
  for (const block of blocks) {
    for (let index = 0; index < block.count; index++) {
      if (((block.nameMarks[index] ?? 0) & hasChinese) === 0) continue;
      findIn ??= await loadPinyinFinder(query, [nameAt(block, index)]);
      if (!findIn) return;
      const place = findIn(nameAt(block, index));
      if (place) {
        const score = place.start === 0 ? 0.8 : 0.7;
        best.offer(pathAt(block, index), { score, matches: [[place.start, place.end]] });
      }
      await pause();
    }
  }
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

type Pause = () => Promise<void> | undefined;

/** Creates a function that yields to other work when `patience` has passed since the last time. */
export function createPause(): Pause {
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
