/** The index's record of one conversation, and the list entry made from it. */

import * as z from 'zod';
import { stripHidden } from '../../../base/common/hiddenText.ts';
import type { FileFacts } from '../../../base/host/files.ts';
import type { Conversation } from '../../common/conversation.ts';
import { timeSchema } from '../../common/conversationSchema.ts';
import { titleOf } from '../../common/conversationTitle.ts';
import type { HistoryEntry } from '../../common/historyEntry.ts';
import type { StoredConversation } from './readConversation.ts';

export const historyRecordSchema = z.object({
  /** Path of the file in the history's folder, without the extension. */
  id: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  state: z.enum(['ok', 'empty', 'damaged', 'newer']),
  /** May be empty. */
  title: z.string(),
  updatedAt: timeSchema,
  turns: z.number(),
  pinned: z.boolean(),
  /** URI of the folder it was begun in. */
  workspace: z.string().nullable(),
  deletedAt: z.number().optional(),
});

/** Valid while the file's size and time stay the same. */
export type HistoryRecord = z.infer<typeof historyRecordSchema>;

export function toRecord(
  id: string,
  { size, mtimeMs }: FileFacts,
  { state, conversation }: StoredConversation,
): HistoryRecord {
  const turns = conversation?.turns ?? [];
  const lastAsked = turns.reduce((latest, { askedAt }) => Math.max(latest, askedAt), 0);
  return {
    id,
    size,
    mtimeMs,
    state,
    title: conversation ? titleOf(conversation) : '',
    updatedAt: Math.max(lastAsked, conversation?.createdAt ?? 0) || mtimeMs,
    turns: turns.length,
    pinned: conversation?.pinned ?? false,
    workspace: conversation?.workspace ?? null,
    deletedAt: conversation && isDeleted(conversation) ? conversation.deletedAt : undefined,
  };
}

/** Whether the user deleted it. A later question, in another window, restores it. */
export function isDeleted({ deletedAt, turns }: Conversation): boolean {
  return deletedAt !== undefined && !turns.some(({ askedAt }) => askedAt > deletedAt);
}

/** Whether the list shows it: not when it is empty or deleted. */
export function isListed({ state, turns, deletedAt }: HistoryRecord): boolean {
  if (state === 'damaged' || state === 'newer') return true;
  return turns > 0 && deletedAt === undefined;
}

/** `here`: URI of the folder that is open in this window. */
export function toEntry(record: HistoryRecord, here: string | null): HistoryEntry {
  const { id, title, updatedAt, turns, pinned, workspace, state } = record;
  return {
    id,
    title: stripHidden(title),
    updatedAt,
    turns,
    pinned,
    workspace: workspace === null ? '' : stripHidden(nameOf(workspace)),
    here: workspace === here,
    state: state === 'empty' ? 'ok' : state,
  };
}

function nameOf(uri: string): string {
  const name = uri.split('/').findLast((part) => part !== '') ?? uri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
