/** Stores conversations: an append-only file of JSON lines for each, in the extension's storage. */

import path from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { diskFiles, type HistoryFiles } from '../../../base/host/files.ts';
import type { Conversation } from '../../common/conversation.ts';
import { type ConversationEvent, toEvents } from '../../common/conversationLog.ts';
import type { HistoryEntry } from '../../common/historyEntry.ts';
import { createDiskState, type DiskTrouble } from './diskState.ts';
import { createFileWriter, type FileWriter } from './fileWriter.ts';
import { createFolderWatch, type Disposable } from './folderWatch.ts';
import { createHistoryIndex } from './historyIndex.ts';
import { type HistoryRecord, isListed, toEntry, toRecord } from './historyRecord.ts';
import { createHistorySearch } from './historySearch.ts';
import { formatLine } from './parseLine.ts';
import type { StoredConversation } from './readConversation.ts';
import { loadConversation } from './readConversation.ts';
import { createTail, followTail, type Tail } from './tail.ts';
import { createTrash } from './trash.ts';

export interface History {
  /** `undefined` when the conversation does not exist, is damaged, or was written by a newer Qiao. */
  open(id: string): Promise<Conversation | undefined>;
  /** Reads what it can of a file in any state; `undefined` when there is no such file. */
  read(id: string): Promise<StoredConversation | undefined>;
  /**
   * Appends in the order of the calls; settles when the line is on disk. If the disk fails, settles too, keeps the
   * event in memory, and writes it when the disk works again.
   */
  append(conversationId: string, event: ConversationEvent): Promise<void>;
  /** Writes a whole conversation that has no file yet. Throws when the disk fails. */
  add(conversation: Conversation): Promise<void>;
  /** Newest first; those that contain `query` unless it is empty. Titles may be empty. */
  list(query: string): Promise<readonly HistoryEntry[]>;
  /** A part of the list, for a page that shows no more of it. */
  range(request: HistoryRangeRequest): Promise<HistoryRange>;
  /** Calls `listener` when the list may have changed, until it is disposed. Keeps the texts of searches meanwhile. */
  watchList(listener: () => void): Disposable;
  /** Deletes a file that can't be appended to (damaged, newer). */
  deleteFile(id: string): Promise<void>;
  undeleteFile(id: string): Promise<void>;
  /**
   * Tells what other windows write into this conversation, event by event, until it is disposed. An event is told
   * again when the listener throws.
   */
  follow(conversationId: string, listener: (events: readonly ConversationEvent[]) => void): Disposable;
  /** Why writing fails; `undefined` while it works. */
  readonly trouble: DiskTrouble | undefined;
  onTrouble(listener: (trouble: DiskTrouble | undefined) => void): Disposable;
  /** Settles when every event appended so far is on disk or was refused. */
  flush(): Promise<void>;
  dispose(): Promise<void>;
}

export interface HistoryRangeRequest {
  /** As for `list`. */
  query: string;
  /** Tell what is known without a look at any file, which may be out of date; match titles alone. */
  quick?: boolean;
  /** Only those begun in the folder that is open in this window. */
  here: boolean;
  /** How many to skip and how many to give, where pinned ones stand before all others. */
  from: number;
  count: number;
  /** Begin elsewhere, so that this conversation is among them if it is in the list. */
  around?: string;
}

export interface HistoryRange {
  /** Newest first. Titles may be empty. */
  entries: readonly HistoryEntry[];
  from: number;
  /** How many there are without the limits of the range. */
  total: number;
  /** Whether any that matches the query was begun in another folder, whether `here` asks for them or not. */
  elsewhere: boolean;
}

export interface HistoryOptions {
  /** Where the files are. */
  folder: string;
  /** URI of the folder that is open in this window. */
  workspace: string | null;
  log: Pick<LogOutputChannel, 'info' | 'warn' | 'error'>;
  files?: HistoryFiles;
  /** Milliseconds since the epoch. */
  now?(): number;
  /** Milliseconds before a failed write is retried. */
  retryMs?: number;
}

const cleanUpAfterMs = 60_000;

export function createHistory(options: HistoryOptions): History {
  const { folder, workspace, log, files = diskFiles, now = Date.now, retryMs = 10_000 } = options;
  const writers = new Map<string, FileWriter>();
  const tails = new Map<string, Tail>();
  const troubleListeners = new Set<(trouble: DiskTrouble | undefined) => void>();
  const listListeners = new Set<() => void>();
  const watch = createFolderWatch(folder);
  const index = createHistoryIndex({ folder, files, log, takeChanged: watch.takeChanged });
  const search = createHistorySearch(folder, files);
  const trash = createTrash({ folder, files, now, log });
  /** Watches from the first list on: the next one needs no look at every file. */
  let watching: Disposable | undefined;
  /** The list made of the index's last records, which is made again when they change. */
  let sorted: { from: readonly HistoryRecord[]; listed: readonly Listed[] } | undefined;
  let ordered:
    | { from: readonly Listed[]; here: boolean; pinnedFirst: Listed[]; elsewhere: boolean }
    | undefined;
  const fileOf = (id: string): string => path.join(folder, `${id}.jsonl`);
  const tellList = (id: string): void => {
    index.touch(id);
    for (const listener of listListeners) listener();
  };

  const disk = createDiskState({
    retryMs,
    retry: () => {
      for (const writer of writers.values()) void writer.retry();
    },
    onChange(trouble) {
      if (trouble) log.error(`The chat can’t be saved: ${trouble.message}`);
      else log.info('Chats are saved again.');
      for (const listener of troubleListeners) listener(trouble);
    },
  });
  const unwritten = (): [string, FileWriter][] =>
    [...writers].filter(([, { waiting }]) => waiting.length > 0);
  const writerOf = (id: string): FileWriter => {
    const known = writers.get(id);
    if (known) return known;
    checkId(id);
    const writer = createFileWriter({
      file: fileOf(id),
      files,
      now,
      onLine: (line) => tails.get(id)?.own(line),
      onFailure: disk.failed,
      onWritten(event) {
        if (disk.trouble) disk.written(unwritten().length > 0);
        if (event.type === 'delta') index.touch(id);
        else tellList(id);
      },
    });
    writers.set(id, writer);
    return writer;
  };
  const tailOf = (id: string): Tail => {
    const tail = tails.get(id) ?? createTail(fileOf(id), files);
    tails.set(id, tail);
    return tail;
  };
  const read = async (id: string): Promise<(StoredConversation & { end: number }) | undefined> => {
    if (!isFileId(id)) return undefined;
    const writer = writers.get(id);
    await writer?.settle();
    try {
      const loaded = await loadConversation(files, fileOf(id), writer?.waiting);
      const name = id.replace(/^.*\//, '');
      return { ...loaded, conversation: loaded.conversation && { ...loaded.conversation, id: name } };
    } catch {
      return undefined;
    }
  };
  const open = async (id: string): Promise<Conversation | undefined> => {
    if (id.includes('/')) return undefined;
    const tail = tailOf(id);
    tail.reset();
    const stored = await read(id);
    if (stored) tail.skipTo(stored.end);
    return stored?.state === 'ok' ? stored.conversation : undefined;
  };
  /** Includes conversations with events that are not on disk yet. */
  const records = async (quick: boolean): Promise<readonly Listed[]> => {
    const all = quick ? await index.remembered() : await index.refresh();
    const missing = unwritten();
    if (missing.length === 0 && sorted?.from === all) return sorted.listed;
    const found = missing.length === 0 ? undefined : new Map(all.map((record) => [record.id, record]));
    for (const [id] of missing) {
      const stored = await read(id);
      const facts = found?.get(id) ?? { size: 0, mtimeMs: now() };
      if (stored) found?.set(id, toRecord(id, facts, stored));
    }
    const listed = [...(found?.values() ?? all)]
      .filter(isListed)
      .sort(newestFirst)
      .map((record) => ({ record }));
    sorted = found ? undefined : { from: all, listed };
    return listed;
  };
  const find = async (query: string, quick = false): Promise<readonly Listed[]> => {
    const listed = await records(quick);
    const wanted = query.trim();
    if (wanted === '') return listed;
    const all = listed.map(({ record }) => record);
    return quick ? search.findTitles(all, wanted) : search.find(all, wanted);
  };
  const inOrder = (from: readonly Listed[], here: boolean): NonNullable<typeof ordered> => {
    if (ordered?.from === from && ordered.here === here) return ordered;
    const isHere = ({ record }: Listed): boolean => record.workspace === workspace;
    const chosen = here ? from.filter(isHere) : from;
    const pinnedFirst = [
      ...chosen.filter(({ record }) => record.pinned),
      ...chosen.filter(({ record }) => !record.pinned),
    ];
    ordered = { from, here, pinnedFirst, elsewhere: !from.every(isHere) };
    return ordered;
  };
  const toListEntry = ({ record, match }: Listed): HistoryEntry =>
    match ? { ...toEntry(record, workspace), match } : toEntry(record, workspace);
  const cleanUp = setTimeout(async () => {
    try {
      await trash.empty(await index.remembered());
    } catch (error) {
      log.warn(`Deleted chats stay for now: ${error instanceof Error ? error.message : error}`);
    }
  }, cleanUpAfterMs).unref();

  return {
    open,
    read,
    append: (id, event) => writerOf(id).append(event),
    async add(conversation) {
      const lines = toEvents(conversation).map((event) => `${formatLine(event)}\n`);
      const session: ConversationEvent = { type: 'session', at: now() };
      await files.replace(fileOf(conversation.id), `${formatLine(session)}\n${lines.join('')}`);
      tellList(conversation.id);
    },
    list: async (query) => (await find(query)).map(toListEntry),
    async range({ query, quick, here, from, count, around }) {
      const { pinnedFirst, elsewhere } = inOrder(await find(query, quick), here);
      const place = around === undefined ? -1 : pinnedFirst.findIndex(({ record }) => record.id === around);
      const isInside = place === -1 || (place >= from && place < from + count);
      const wanted = isInside ? from : place - Math.floor(count / 2);
      const start = Math.max(0, Math.min(wanted, pinnedFirst.length - count));
      const part = pinnedFirst.slice(start, start + count);
      return {
        entries: part.sort((one, other) => newestFirst(one.record, other.record)).map(toListEntry),
        from: start,
        total: pinnedFirst.length,
        elsewhere,
      };
    },
    watchList(listener) {
      listListeners.add(listener);
      const watcher = watch.on(undefined, listener);
      watching ??= watch.on(undefined, () => {});
      if (listListeners.size === 1) search.hold();
      return {
        dispose() {
          watcher.dispose();
          if (!listListeners.delete(listener) || listListeners.size > 0) return;
          search.release();
          // It may be of a search, with its snippets.
          ordered = undefined;
        },
      };
    },
    async deleteFile(id) {
      checkId(id);
      await trash.put(id);
      tellList(id);
    },
    async undeleteFile(id) {
      checkId(id);
      await trash.takeBack(id);
      tellList(id);
    },
    follow: (id, listener) =>
      followTail({ tail: tailOf(id), watch: (look) => watch.on(`${id}.jsonl`, look), listener, log }),
    get trouble() {
      return disk.trouble;
    },
    onTrouble(listener) {
      troubleListeners.add(listener);
      return { dispose: () => void troubleListeners.delete(listener) };
    },
    async flush() {
      await Promise.all([...writers.values()].map((writer) => writer.settle()));
    },
    async dispose() {
      clearTimeout(cleanUp);
      disk.dispose();
      watching?.dispose();
      watch.dispose();
      await Promise.all([...writers.values()].map((writer) => writer.retry()));
      disk.dispose();
      const lost = unwritten().reduce((sum, [, { waiting }]) => sum + waiting.length, 0);
      if (lost > 0) log.error(`${lost} lines of chats never reached the disk.`);
    },
  };
}

interface Listed {
  record: HistoryRecord;
  match?: HistoryEntry['match'];
}

function newestFirst(one: HistoryRecord, other: HistoryRecord): number {
  return other.updatedAt - one.updatedAt || (one.id < other.id ? -1 : 1);
}

/** Whether it is the name of a file in the folder or in `damaged/`: no path that leads elsewhere. */
function isFileId(id: string): boolean {
  return /^(damaged\/)?[\w-][\w.-]*$/.test(id);
}

function checkId(id: string): void {
  if (!isFileId(id)) throw new Error(`Not the name of a conversation: ${id}`);
}
