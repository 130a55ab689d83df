/** Reads what is added to a file behind a known place, and leaves out the lines this window wrote itself. */

import { createHash } from 'node:crypto';
import type { HistoryFiles } from '../../../base/host/files.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import { parseLine } from './lines.ts';

export interface Tail {
  /** This window is about to write the line. */
  own(line: string): void;
  /** The file is about to be read as a whole; lines announced from now on may be behind what is read. */
  reset(): void;
  /** Everything before `offset` (in bytes) is known. */
  skipTo(offset: number): void;
  /** Reads new whole lines; the events of other windows among them, oldest first. */
  read(): Promise<readonly ConversationEvent[]>;
  /** The last of what was read found nobody to take it: `read` hands it over once more, before what is new. */
  keep(events: readonly ConversationEvent[]): void;
}

export function createTail(file: string, files: HistoryFiles): Tail {
  let offset = 0;
  /** How often each line was written here and not met yet. */
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
        // Behind another window's cut line one of ours may stand in the same line.
        if (!isOurs(JSON.stringify(event))) events.push(event);
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

/** A chat in the background writes much that is read late. */
function keyOf(line: string): string {
  return createHash('sha1').update(line).digest('base64');
}
