/** An index of all conversations, which reads only the files that changed, and looks at all only where it must. */

import path from 'node:path';
import * as z from 'zod';
import { errorCode, type HistoryFiles } from '../../../base/host/files.ts';
import { type HistoryRecord, historyRecordSchema, toRecord } from './historyRecord.ts';
import { loadConversation } from './readConversation.ts';

export interface HistoryIndex {
  /** Returns a record for each file; the same array while nothing changes. Moves damaged files into `damaged/`. */
  refresh(): Promise<readonly HistoryRecord[]>;
  /** What is known without a look at the files, which may have changed since. */
  remembered(): Promise<readonly HistoryRecord[]>;
  /** This window changed the file: the next `refresh` looks at it. */
  touch(id: string): void;
}

/** An index file with other content is made again. */
const indexSchema = z.object({ version: z.literal(1), records: z.array(historyRecordSchema) });

const ending = '.jsonl';
const damagedFolder = 'damaged';
/** Files read at the same time. */
const parallel = 8;
/** Files looked at by each `refresh` though no change of them was told: a system loses such events at times. */
const spotChecks = 100;
/** The index file is written again when this part of the records changed; the next window reads the others' files. */
const unsavedPart = 0.01;
/** Milliseconds within which a folder may change twice without another modification time. */
const clockStep = 100;

export function createHistoryIndex(options: {
  folder: string;
  files: HistoryFiles;
  log: { warn(message: string): void };
  /** Names of the files that changed since the last call; `undefined` when any may have. */
  takeChanged?(): ReadonlySet<string> | undefined;
}): HistoryIndex {
  const { folder, files, log, takeChanged } = options;
  const indexFile = path.join(folder, 'index.json');
  let known: Map<string, HistoryRecord> | undefined;
  let records: readonly HistoryRecord[] | undefined;
  /** Whether `known` was compared with all files. */
  let compared = false;
  let unsaved = 0;
  let touched = new Set<string>();
  let spots: Iterator<string> | undefined;
  /** When the names in a folder last changed, in milliseconds. */
  const listedAt = new Map<string, number>();

  const readIndex = async (): Promise<Map<string, HistoryRecord>> => {
    try {
      const { records } = indexSchema.parse(JSON.parse((await files.read(indexFile)).toString()));
      return new Map(records.map((record) => [record.id, record]));
    } catch {
      return new Map();
    }
  };
  const idsIn = async (sub: string): Promise<string[]> => {
    const names = await files.list(path.join(folder, sub)).catch((error: unknown) => {
      // Events in memory are listed all the same.
      log.warn(`The chats can’t be listed: ${error instanceof Error ? error.message : error}`);
      return [];
    });
    return names
      .filter((name) => name.endsWith(ending))
      .map((name) => path.posix.join(sub, name.slice(0, -ending.length)));
  };
  /** Returns the new id of the file. */
  const setAside = async (id: string): Promise<string> => {
    const taken = new Set(await idsIn(damagedFolder));
    let target = `${damagedFolder}/${id}`;
    for (let number = 2; taken.has(target); number++) target = `${damagedFolder}/${id}.${number}`;
    try {
      await files.move(path.join(folder, id + ending), path.join(folder, target + ending));
      log.warn(`A chat is damaged and was set aside: ${target + ending}`);
      return target;
    } catch (error) {
      log.warn(`A chat is damaged and can’t be set aside: ${id + ending}, ${errorCode(error)}`);
      return id;
    }
  };
  const readRecord = async (
    id: string,
    before: HistoryRecord | undefined,
  ): Promise<HistoryRecord | undefined> => {
    const file = path.join(folder, id + ending);
    try {
      const facts = await files.facts(file);
      if (!facts) return undefined;
      if (before?.size === facts.size && before.mtimeMs === facts.mtimeMs) return before;
      const stored = await loadConversation(files, file);
      const aside = id.startsWith(`${damagedFolder}/`);
      const record = toRecord(id, facts, aside ? { ...stored, state: 'damaged' } : stored);
      if (record.state !== 'damaged' || aside) return record;
      return { ...record, id: await setAside(id) };
    } catch (error) {
      log.warn(`A chat can’t be read: ${id + ending}, ${errorCode(error)}`);
      return before;
    }
  };
  const remember = async (): Promise<Map<string, HistoryRecord>> => {
    known ??= await readIndex();
    return known;
  };
  const current = (all: ReadonlyMap<string, HistoryRecord>): readonly HistoryRecord[] => {
    records ??= [...all.values()];
    return records;
  };
  /** Ids of files that came or went, if the folder's time tells of any. */
  const differences = async (sub: string, all: ReadonlyMap<string, HistoryRecord>): Promise<string[]> => {
    const { mtimeMs = 0 } = (await files.facts(path.join(folder, sub)).catch(() => undefined)) ?? {};
    if (listedAt.get(sub) === mtimeMs) return [];
    const ids = await idsIn(sub);
    if (mtimeMs < Date.now() - clockStep) listedAt.set(sub, mtimeMs);
    const there = new Set(ids);
    const isHere = (id: string): boolean => (path.posix.dirname(id) === '.' ? '' : damagedFolder) === sub;
    return [
      ...ids.filter((id) => !all.has(id)),
      ...[...all.keys()].filter((id) => isHere(id) && !there.has(id)),
    ];
  };
  const nextSpots = (all: ReadonlyMap<string, HistoryRecord>): string[] => {
    const ids: string[] = [];
    while (ids.length < spotChecks) {
      spots ??= all.keys();
      const next = spots.next();
      if (!next.done) ids.push(next.value);
      else {
        spots = undefined;
        break;
      }
    }
    return ids;
  };
  /** Ids of the files that must be looked at: all, unless the system told what changed since the last time. */
  const suspects = async (all: ReadonlyMap<string, HistoryRecord>): Promise<Set<string>> => {
    // Taken first: what changes from now on is told next time.
    const names = takeChanged?.();
    const own = touched;
    touched = new Set();
    if (!names || !compared)
      return new Set([...all.keys(), ...(await idsIn('')), ...(await idsIn(damagedFolder))]);
    const told = [...names]
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length));
    const moved = [...(await differences('', all)), ...(await differences(damagedFolder, all))];
    return new Set([...own, ...told, ...moved, ...nextSpots(all)]);
  };
  const look = async (): Promise<readonly HistoryRecord[]> => {
    const all = await remember();
    const ids = [...(await suspects(all))];
    const found = await mapSome(ids, (id) => readRecord(id, all.get(id)));
    let changes = 0;
    for (const [index, id] of ids.entries()) {
      const record = found[index];
      if (record === all.get(id)) continue;
      changes++;
      if (record?.id !== id) all.delete(id);
      if (record) all.set(record.id, record);
    }
    compared = true;
    unsaved += changes;
    if (changes > 0) records = undefined;
    if (unsaved > all.size * unsavedPart) {
      unsaved = 0;
      const index = { version: 1, records: [...all.values()] } satisfies z.infer<typeof indexSchema>;
      // Without a valid index, the next window only starts slower: it reads all files.
      await files.replace(indexFile, JSON.stringify(index), { durable: false }).catch(() => {});
    }
    return current(all);
  };

  let queue: Promise<unknown> = Promise.resolve();
  return {
    refresh() {
      const result = queue.then(look);
      queue = result.catch(() => {});
      return result;
    },
    remembered: async () => current(await remember()),
    touch: (id) => void touched.add(id),
  };
}

async function mapSome<From, To>(items: readonly From[], map: (item: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await map(item);
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return results;
}
