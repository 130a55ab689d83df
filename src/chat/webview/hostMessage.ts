/** Recognises the host's messages among whatever else is posted to the window. */

import type { HostMessage } from '../common/protocol.ts';

const types: ReadonlySet<unknown> = new Set<HostMessage['type']>([
  'snapshot',
  'composer-change',
  'attachments-change',
  'conversation-change',
  'turn-start',
  'turn-delta',
  'turn-replace',
  'turn-wait',
  'turn-finish',
  'composer-focus',
  'draft-move',
  'draft-replace',
  'conversation-update',
  'turns-add',
  'turn-resume',
  'context-change',
  'context-results',
  'files-found',
  'history-show',
  'history-list',
  'find-show',
  'find-results',
]);

/** The host speaks the same version of the protocol, so its type is enough to go by. */
export function isHostMessage(data: unknown): data is HostMessage {
  return typeof data === 'object' && data !== null && 'type' in data && types.has(data.type);
}
