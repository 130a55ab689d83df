/** Loads a conversation from its file, without holding up the extension host for long. */

import { setImmediate as pause } from 'node:timers/promises';
import type { HistoryFiles } from '../../../base/host/files.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import { parseLine } from './lines.ts';
import { createConversationReader, type StoredConversation } from './readConversation.ts';

export interface LoadedConversation extends StoredConversation {
  /** Where in the file, in bytes, the lines end that are part of this; a line cut at the end is not. */
  end: number;
}

/** Bytes that are parsed at once, some tens of milliseconds' worth. */
const stretch = 1_000_000;

/** `also`: events that did not reach the disk. Throws when there is no such file, unless there are such events. */
export async function loadConversation(
  files: HistoryFiles,
  file: string,
  also: readonly ConversationEvent[] = [],
): Promise<LoadedConversation> {
  const bytes = await files.read(file).catch((error: unknown) => {
    if (also.length > 0) return Buffer.alloc(0);
    throw error;
  });
  const reader = createConversationReader();
  let from = 0;
  let pausedAt = 0;
  for (let to = bytes.indexOf(0x0a); to !== -1; to = bytes.indexOf(0x0a, from)) {
    reader.push(bytes.toString('utf8', from, to));
    from = to + 1;
    if (from - pausedAt < stretch) continue;
    pausedAt = from;
    await pause();
  }
  const last = bytes.toString('utf8', from);
  reader.push(last);
  return { ...reader.finish(also), end: parseLine(last).fault ? from : bytes.length };
}
