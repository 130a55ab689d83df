/** Appends events to one conversation's file, in order, and keeps those that the disk refuses for a retry. */

import type { HistoryFiles } from '../../../base/host/files.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import { formatLine } from './parseLine.ts';

export interface FileWriter {
  /** Settles when the event is on disk or was refused. Never rejects. */
  append(event: ConversationEvent): Promise<void>;
  /** Writes the waiting events. Never rejects. */
  retry(): Promise<void>;
  /** Settles when nothing is being written. */
  settle(): Promise<void>;
  /** Events that are not on disk yet, oldest first. */
  readonly waiting: readonly ConversationEvent[];
}

export interface FileWriterOptions {
  file: string;
  files: HistoryFiles;
  now(): number;
  /** Just before a line is written. */
  onLine(line: string): void;
  /** The disk refused a line. */
  onFailure(error: unknown): void;
  /** A line is on disk. */
  onWritten(event: ConversationEvent): void;
}

/** Text of a running answer is synced to disk once in so many milliseconds; every other event before `append` settles. */
const syncTextMs = 5_000;

export function createFileWriter(options: FileWriterOptions): FileWriter {
  const { file, files } = options;
  const waiting: ConversationEvent[] = [];
  let queue: Promise<void> = Promise.resolve();
  /** Whether this window has begun its session in the file, and the file ends with a whole line. */
  let begun = false;
  let syncedAt = Number.NEGATIVE_INFINITY;
  /** Whether written events are still to be synced. */
  let owed = false;
  /** The event that `onLine` was called for, in an attempt that failed. */
  let announced: ConversationEvent | undefined;

  const write = async (event: ConversationEvent): Promise<void> => {
    const line = formatLine(event);
    if (announced !== event) options.onLine(line);
    announced = event;
    const now = options.now();
    owed ||= event.type !== 'delta' || now - syncedAt >= syncTextMs || now < syncedAt;
    // One sync with the last waiting event: no promise has settled before.
    const durable = owed && waiting.length === 1;
    if (begun) await files.append(file, `${line}\n`, { durable });
    else {
      const separator = (await files.endsInNewline(file)) ? '' : '\n';
      const session: ConversationEvent = { type: 'session', at: now };
      await files.append(file, `${separator}${formatLine(session)}\n${line}\n`, { durable });
      begun = true;
    }
    if (!durable) return;
    owed = false;
    syncedAt = now;
  };
  const writeWaiting = async (): Promise<void> => {
    for (let event = waiting[0]; event; event = waiting[0]) {
      try {
        await write(event);
      } catch (error) {
        // Part of the line may be in the file.
        begun = false;
        options.onFailure(error);
        return;
      }
      waiting.shift();
      options.onWritten(event);
    }
  };
  const retry = (): Promise<void> => {
    queue = queue.then(writeWaiting);
    return queue;
  };
  return {
    append(event) {
      waiting.push(event);
      return retry();
    },
    retry,
    settle: () => queue,
    waiting,
  };
}
