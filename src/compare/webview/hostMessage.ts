/** Recognises the messages of a comparison's host among whatever else is posted to the window. */

import type { CompareHostMessage } from '../common/compareProtocol.ts';

const types: ReadonlySet<unknown> = new Set<CompareHostMessage['type']>([
  'compare-snapshot',
  'compare-models',
  'compare-change',
  'compare-progress',
  'cells-change',
  'best-change',
  'files-found',
  'question-show',
  'answer-delta',
  'answer-change',
]);

/** The host speaks the same version of the protocol, so its type is enough to go by. */
export function isCompareMessage(data: unknown): data is CompareHostMessage {
  return typeof data === 'object' && data !== null && 'type' in data && types.has(data.type);
}
