/** An index of all conversations, which reads only the files that changed. */

import path from 'node:path';
import * as z from 'zod';
import { errorCode, type HistoryFiles } from '../../../base/host/files.ts';
import { type HistoryRecord, historyRecordSchema, toRecord } from './historyRecord.ts';
import { loadConversation } from './readConversation.ts';

export interface HistoryIndex {
  /** Returns a record for each file. Moves damaged files into `damaged/`. */
  refresh(): Promise<readonly HistoryRecord[]>;
}

/** An index file with other content is made again. */
const indexSchema = z.object({ version: z.literal(1), records: z.array(historyRecordSchema) });

const ending = '.jsonl';
const damagedFolder = 'damaged';
/** Files read at the same time. */
const parallel = 8;

export function createHistoryIndex(options: {
  folder: string;
  files: HistoryFiles;
  log: { warn(message: string): void };
}): HistoryIndex {
  const { folder, files, log } = options;
  const indexFile = path.join(folder, 'index.json');
  let known: Map<string, HistoryRecord> | undefined;

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
  const look = async (): Promise<readonly HistoryRecord[]> => {
    const before = known ?? (await readIndex());
    const ids = [...(await idsIn('')), ...(await idsIn(damagedFolder))];
    const found = await mapSome(ids, (id) => readRecord(id, before.get(id)));
    const records = found.filter((record) => record !== undefined);
    const same =
      records.length === before.size && records.every((record) => before.get(record.id) === record);
    known = new Map(records.map((record) => [record.id, record]));
    if (!same) {
      const text = JSON.stringify({ version: 1, records } satisfies z.infer<typeof indexSchema>);
      // Without a valid index, the next window only starts slower: it reads all files.
      await files.replace(indexFile, text, { durable: false }).catch(() => {});
    }
    return records;
  };

  let queue: Promise<unknown> = Promise.resolve();
  return {
    refresh() {
      const result = queue.then(look);
      queue = result.catch(() => {});
      return result;
    },
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
