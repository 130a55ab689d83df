/** Conversations for pictures of the list: every state an entry can have. */

import type { HistoryEntry } from '../../src/chat/common/historyEntry.ts';

const day = 24 * 60 * 60 * 1000;
/** Midnight: an entry just after it is of today, whenever the pictures are taken. */
const today = new Date().setHours(0, 0, 0, 0);

const entry = (id: string, title: string, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  title,
  updatedAt: today + 1000,
  turns: 3,
  pinned: false,
  workspace: 'shop',
  here: true,
  state: 'ok',
  ...fields,
});

export const historyEntries: readonly HistoryEntry[] = [
  entry('1', 'Style of this project', { pinned: true, turns: 41, updatedAt: today - 9 * day }),
  entry('2', 'Rounding in carts', { running: true }),
  entry('3', '订单金额为什么会差一分钱？', { turns: 1 }),
  entry('4', 'A question with a very long title that has no room in a side bar, however wide it is made', {
    updatedAt: today - day / 2,
    workspace: 'bridge-builder',
    here: false,
  }),
  entry('5', 'What the disk lost', { state: 'damaged', updatedAt: today - 3 * day }),
  entry('6', 'From a newer Qiao', { state: 'newer', updatedAt: today - 40 * day, workspace: '' }),
];
