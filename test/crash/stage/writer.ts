/** Writes into a conversation that another process writes into too, and tells of each event that is kept. */

import { createHistory } from '../../../src/chat/host/history/history.ts';
import { createLog } from './hostParts.ts';
import type { WriterOptions, WriterReport } from './messages.ts';

process.once('disconnect', () => process.exit());

const report = (message: WriterReport): void => void process.send?.(message);
const { folder, conversationId, turnId, begins, interval }: WriterOptions = JSON.parse(process.argv[2] ?? '');
const log = createLog((text) => report({ type: 'complaint', text }));
const history = createHistory({ folder, workspace: null, log });

if (begins) {
  const createdAt = Date.now();
  const header = {
    type: 'conversation',
    version: 1,
    id: conversationId,
    createdAt,
    workspace: null,
  } as const;
  await history.append(conversationId, header);
}
await history.append(conversationId, {
  type: 'turn',
  turn: {
    id: turnId,
    parentId: null,
    question: turnId,
    attachments: [],
    model: 'm',
    parameters: {},
    askedAt: 0,
  },
});
report({ type: 'kept', number: 0 });
for (let number = 1; ; number++) {
  // Not awaited one by one: a session writes without waiting, too.
  void history
    .append(conversationId, { type: 'delta', turnId, text: `${number} `, reasoning: '' })
    .then(() => report({ type: 'kept', number }));
  await new Promise((resolve) => setTimeout(resolve, interval));
}
