/** Follows a history file: reads what other windows append, and tells the listener. */

import { createHash } from 'node:crypto';
import type { LogOutputChannel } from 'vscode';
import type { HistoryFiles } from '../../../base/host/files.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import type { Disposable } from './folderWatch.ts';
import { formatLine, parseLine } from './parseLine.ts';

export interface Tail {
  /** Call before this window writes the line: `read` leaves it out. */
  own(line: string): void;
  /** Call before the file is read as a whole. Lines announced from now on may come after what is read. */
  reset(): void;
  /** Everything before `offset` (in bytes) is known. */
  skipTo(offset: number): void;
  /** Reads new whole lines. Returns the events of other windows, oldest first. */
  read(): Promise<readonly ConversationEvent[]>;
  /** Puts back events that were not handled: the next `read` returns them first. */
  keep(events: readonly ConversationEvent[]): void;
}

export function createTail(file: string, files: HistoryFiles): Tail {
  let offset = 0;
  /** How often each line was written here and not read yet. */
  const ours = new Map<string, number>();
  let kept: readonly ConversationEvent[] = [];

  const isOurs = (line: string): boolean => {
    const key = keyOf(line);
    const count = ours.get(key) ?? 0;
    if (count > 1) ours.set(key, count - 1);
    else ours.delete(key);
    return count > 0;
  };
  const read = async (): Promise<readonly ConversationEvent[]> => {
    const from = offset;
    const size = (await files.facts(file))?.size ?? 0;
    if (size <= from) return takeKept();
    const bytes = await files.read(file, from);
    // The file was read as a whole meanwhile.
    if (offset !== from) return takeKept();
    const end = bytes.lastIndexOf(0x0a) + 1;
    offset += end;
    const events: ConversationEvent[] = [];
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
      if (line === '' || isOurs(line)) continue;
      for (const event of parseLine(line).events) {
        // One of our lines may follow another window's cut line without a newline.
        if (!isOurs(formatLine(event))) events.push(event);
      }
    }
    return [...takeKept(), ...events];
  };
  const takeKept = (): readonly ConversationEvent[] => {
    const taken = kept;
    kept = [];
    return taken;
  };

  let queue: Promise<readonly ConversationEvent[]> = Promise.resolve([]);
  return {
    own(line) {
      const key = keyOf(line);
      ours.set(key, (ours.get(key) ?? 0) + 1);
    },
    reset() {
      ours.clear();
      kept = [];
    },
    skipTo(known) {
      offset = known;
    },
    keep(events) {
      kept = events;
    },
    read() {
      queue = queue.then(read, read);
      return queue;
    },
  };
}

/** A hash: a background chat writes many lines before they are read. */
function keyOf(line: string): string {
  return createHash('sha1').update(line).digest('base64');
}

export interface FollowOptions {
  tail: Tail;
  /** Calls `look` when there may be more. */
  watch(look: () => void): Disposable;
  listener(events: readonly ConversationEvent[]): void;
  log: Pick<LogOutputChannel, 'warn'>;
}

/** After so many failures of the listener, an event is dropped: it would block those after it. */
const maxTries = 3;

/** Tells the listener until it is disposed. Events left over are kept for the next follower. */
export function followTail({ tail, watch, listener, log }: FollowOptions): Disposable {
  let active = true;
  let tries = 0;
  const tellAll = (events: ConversationEvent[]): void => {
    for (let event = events[0]; event && active; event = events[0]) {
      try {
        listener([event]);
      } catch (error) {
        log.warn(
          `What another window wrote can’t be shown: ${error instanceof Error ? error.message : error}`,
        );
        if (++tries < maxTries) break;
      }
      tries = 0;
      events.shift();
    }
    if (events.length > 0) tail.keep(events);
  };
  const look = async (): Promise<void> => {
    if (!active) return;
    try {
      tellAll([...(await tail.read())]);
    } catch {
      // The next look reads from the same offset.
    }
  };
  let queue: Promise<void> = Promise.resolve();
  const lookNext = (): void => {
    queue = queue.then(look);
  };
  const watcher = watch(lookNext);
  lookNext();
  return {
    dispose() {
      active = false;
      watcher.dispose();
    },
  };
}
