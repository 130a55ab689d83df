/** Writes one conversation's file, event by event; what the disk does not take waits, in order, until it does. */

import type { HistoryFiles } from '../../../base/host/files.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';

export interface FileWriter {
  /** Settles when the event is on disk, or the disk has refused it. Never rejects. */
  append(event: ConversationEvent): Promise<void>;
  /** Tries once more to write what waits. Never rejects. */
  retry(): Promise<void>;
  /** Settles when nothing is being written. */
  settle(): Promise<void>;
  /** What is not on disk yet, oldest first. */
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

/**
 * Text of an answer that is still coming survives a power cut but for the last so many milliseconds. Everything else does so
 * before `append` settles: questions, the ends of turns, what the user changes.
 */
const syncTextMs = 5_000;

export function createFileWriter(options: FileWriterOptions): FileWriter {
  const { file, files } = options;
  const waiting: ConversationEvent[] = [];
  let queue: Promise<void> = Promise.resolve();
  /** Whether the end of the file is known to be the end of a line of this window's own session. */
  let begun = false;
  let syncedAt = Number.NEGATIVE_INFINITY;
  /** Whether something is written that has to be durable, and is not yet. */
  let owed = false;
  /** The line that the follower already knows of, from a try that failed. */
  let announced: ConversationEvent | undefined;

  const write = async (event: ConversationEvent): Promise<void> => {
    const line = JSON.stringify(event);
    if (announced !== event) options.onLine(line);
    announced = event;
    const now = options.now();
    owed ||= event.type !== 'delta' || now - syncedAt >= syncTextMs || now < syncedAt;
    // One sync for all that waits: none of their promises has settled.
    const durable = owed && waiting.length === 1;
    if (begun) await files.append(file, `${line}\n`, { durable });
    else {
      const separator = (await files.endsInNewline(file)) ? '' : '\n';
      const session: ConversationEvent = { type: 'session', at: now };
      await files.append(file, `${separator}${JSON.stringify(session)}\n${line}\n`, { durable });
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
        // Part of the line may be there.
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
