/** What of an answer was lost when the process that took it was killed. */

import assert from 'node:assert/strict';
import type { PacedAnswer } from './stage/pacedAnswer.ts';

/**
 * How old the oldest piece was that had been sent and is not in `found`, in milliseconds; 0 when all are there. Throws an
 * `AssertionError` when `found` is no beginning of the answer, or the answer had ended.
 */
export function lossOf(found: string, { pieces, sentAt }: PacedAnswer, killedAt: number): number {
  assert.ok(pieces.join('').startsWith(found), 'what is there is what had been sent');
  assert.ok(sentAt.length < pieces.length, 'the answer was still coming');
  let length = 0;
  let kept = 0;
  for (const piece of pieces) {
    length += piece.length;
    if (length > found.length) break;
    kept += 1;
  }
  assert.ok(kept <= sentAt.length, 'nothing is there that was not sent');
  const lostSince = sentAt[kept];
  return lostSince === undefined ? 0 : Math.max(0, killedAt - lostSince);
}
