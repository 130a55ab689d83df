/** Searches titles, questions and answers of all conversations, and caches their texts while the list is open. */

import path from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { HistoryFiles } from '../../../base/host/files.ts';
import { answerText } from '../../../llm/answerParts.ts';
import type { HistoryRecord } from './historyRecord.ts';
import { loadConversation } from './readConversation.ts';

export interface HistorySearch {
  /** The records that contain `query`, in their order, each with the first match. The first search reads all files. */
  find(records: readonly HistoryRecord[], query: string): Promise<Found[]>;
  /** The records whose titles contain `query`; reads no file. */
  findTitles(records: readonly HistoryRecord[], query: string): Promise<Found[]>;
  /** Caches texts from now on. */
  hold(): void;
  /** Empties the cache. */
  release(): void;
}

export interface Found {
  record: HistoryRecord;
  match: { text: string; start: number; end: number };
}

interface Texts {
  size: number;
  mtimeMs: number;
  text: string;
  /** In lower case; the same string object if equal, to save memory. */
  lower: string;
}

/** Milliseconds for which a search holds up everything else at most. */
const stretch = 10;

export function createHistorySearch(folder: string, files: HistoryFiles): HistorySearch {
  const texts = new Map<string, Texts>();
  let reading: Promise<void> = Promise.resolve();
  let isHeld = false;
  let searches = 0;
  /** What the last query found, by record: a changed conversation has a new one. */
  let last: { query: string; matches: WeakMap<HistoryRecord, Found['match'] | null> } | undefined;

  const forget = (): void => {
    if (isHeld || searches > 0) return;
    texts.clear();
    last = undefined;
  };

  const readOne = async ({ id, size, mtimeMs }: HistoryRecord): Promise<void> => {
    const known = texts.get(id);
    if (known?.size === size && known.mtimeMs === mtimeMs) return;
    const loaded = await loadConversation(files, path.join(folder, `${id}.jsonl`)).catch(() => undefined);
    const turns = loaded?.conversation?.turns ?? [];
    const text = turns.map(({ question, answer }) => `${question}\n${answerText(answer)}`).join('\n');
    const lower = text.toLowerCase();
    texts.set(id, { size, mtimeMs, text, lower: lower === text ? text : lower });
  };
  const readTexts = (records: readonly HistoryRecord[]): Promise<void> => {
    reading = reading.then(async () => {
      const ids = new Set(records.map(({ id }) => id));
      for (const id of texts.keys()) if (!ids.has(id)) texts.delete(id);
      for (const record of records) if (isHeld || searches > 0) await readOne(record);
      forget();
    });
    return reading;
  };
  return {
    async findTitles(records, query) {
      const finders = [createSubstringFinder(query), await createPinyin(query)];
      return records.flatMap((record) => {
        const match = findIn([titleOf(record)], finders);
        return match ? [{ record, match }] : [];
      });
    },
    async find(records, query) {
      searches++;
      try {
        await readTexts(records);
        const finders = [createSubstringFinder(query), await createPinyin(query)];
        if (last?.query !== query) last = { query, matches: new WeakMap() };
        const { matches } = last;
        const found: Found[] = [];
        let begun = performance.now();
        for (const record of records) {
          let match = matches.get(record);
          if (match === undefined) {
            match = findIn([titleOf(record), texts.get(record.id)], finders) ?? null;
            matches.set(record, match);
          }
          if (match) found.push({ record, match });
          if (performance.now() - begun < stretch) continue;
          await pause();
          begun = performance.now();
        }
        return found;
      } finally {
        searches--;
        forget();
      }
    },
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
      forget();
    },
  };
}

function titleOf({ title }: HistoryRecord): Pick<Texts, 'text' | 'lower'> {
  return { text: title, lower: title.toLowerCase() };
}

type TextFinder = (text: Pick<Texts, 'text' | 'lower'>) => Place | undefined;

function findIn(
  candidates: readonly (Pick<Texts, 'text' | 'lower'> | undefined)[],
  finders: readonly (TextFinder | undefined)[],
): Found['match'] | undefined {
  for (const find of finders) {
    for (const candidate of candidates) {
      const place = candidate && find?.(candidate);
      if (place) return snippet(candidate.text, place);
    }
  }
  return undefined;
}

function createSubstringFinder(query: string): TextFinder {
  const wanted = query.toLowerCase();
  return ({ text, lower }) => {
    const start = lower.indexOf(wanted);
    if (start === -1) return undefined;
    if (lower.length === text.length) return { start, end: start + wanted.length };
    // A few letters become longer in lower case, which shifts the offsets: search the original text.
    const found = new RegExp(query.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iu').exec(text);
    return found ? { start: found.index, end: found.index + found[0].length } : { start: 0, end: 0 };
  };
}

/** `undefined` for a query that can't be pinyin. Loads the library with the first such query. */
async function createPinyin(query: string): Promise<TextFinder | undefined> {
  const letters = query.replaceAll(/\s/g, '');
  if (!/^[a-z]{2,}$/i.test(letters)) return undefined;
  const { createPinyinFinder } = await import('../../../base/host/pinyin.ts');
  const find = createPinyinFinder(letters);
  return ({ text }) => find(text);
}

/** UTF-16 units. */
interface Place {
  start: number;
  end: number;
}

const before = 24;
const after = 96;

/** The text around the match with white space collapsed, and the match's offsets in it. */
function snippet(text: string, { start, end }: Place): { text: string; start: number; end: number } {
  const from = wholeCharacter(text, Math.max(0, start - before));
  const to = wholeCharacter(text, Math.min(text.length, end + after));
  const head = (from > 0 ? '…' : '') + oneLine(text.slice(from, start)).trimStart();
  const found = oneLine(text.slice(start, end));
  const tail = oneLine(text.slice(end, to)).trimEnd() + (to < text.length ? '…' : '');
  return { text: head + found + tail, start: head.length, end: head.length + found.length };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Never splits a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
