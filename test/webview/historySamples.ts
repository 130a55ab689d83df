/** Lists of conversations for tests and pictures of the history view. */

import type { HistoryEntry } from '../../src/chat/common/historyEntry.ts';
import type { HostMessage } from '../../src/chat/common/protocol.ts';

const hour = 3_600_000;
const day = 24 * hour;

export function entry(id: string, fields: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    title: `Conversation ${id}`,
    updatedAt: Date.now(),
    turns: 3,
    pinned: false,
    workspace: 'shop',
    here: true,
    state: 'ok',
    ...fields,
  };
}

/** One entry of every kind; their times are relative to noon, where a still clock stands, so that today is the same day. */
export function everyKind(now: number = new Date().setHours(12, 0, 0, 0)): HistoryEntry[] {
  const at = (ago: number, id: string, title: string, fields: Partial<HistoryEntry> = {}) =>
    entry(id, { title, updatedAt: now - ago, ...fields });
  return [
    at(20_000, 'running', 'Why does the cart total differ by one cent between the page and the invoice?', {
      running: true,
      turns: 1,
    }),
    at(
      hour / 4,
      'chinese',
      '解释一下这个正则表达式为什么会回溯，怎样改写才能避免灾难性的性能问题，并给出测试用例',
      {
        turns: 12,
      },
    ),
    at(
      day,
      'long',
      'Write a migration that splits the orders table by year without locking it, keeps the foreign keys of the invoices, and can be rolled back at any moment, with the statements for both databases',
      { turns: 24, workspace: 'billing-service', here: false },
    ),
    at(2 * day, 'pinned', 'Release checklist', { pinned: true, turns: 41 }),
    at(3 * day, 'damaged', 'Unit tests for parseHeader', { state: 'damaged', turns: 0 }),
    at(4 * day, 'newer', 'Refactor the event queue', { state: 'newer', turns: 0 }),
    at(9 * day, 'rtl', 'ما الفرق بين الخريطة والكائن؟', { turns: 2 }),
    at(70 * day, 'none', 'When is a Map better than a plain object?', {
      workspace: '',
      here: false,
      turns: 2,
    }),
    at(400 * day, 'old', 'Vue 2 到 Vue 3 的迁移步骤', { workspace: '前端', here: false, turns: 7 }),
  ];
}

/** `count` conversations, one every five hours. */
export function manyEntries(count: number, now: number = Date.now()): HistoryEntry[] {
  return Array.from({ length: count }, (_, index) =>
    entry(`many-${index}`, {
      title: `${index}: ${index % 2 === 0 ? 'How do I read a large file line by line in Python?' : '如何逐行读取一个很大的文件？'}`,
      updatedAt: now - index * 5 * hour,
      pinned: index % 200 === 7,
      workspace: index % 3 === 0 ? 'billing' : 'shop',
      here: index % 3 !== 0,
    }),
  );
}

export function historyList(
  entries: readonly HistoryEntry[],
  fields: Partial<Extract<HostMessage, { type: 'history-list' }>> = {},
): HostMessage {
  return { type: 'history-list', query: '', entries, ...fields };
}
