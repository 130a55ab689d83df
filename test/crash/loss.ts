/** What of an answer was lost when the process that took it was killed. */

import assert from 'node:assert/strict';
import type { PacedAnswer } from './stage/pacedAnswer.ts';

/** How much of the answer a user could read, and since when, in milliseconds since the epoch. */
export interface Shown {
  readonly characters: number;
  readonly at: number;
}

/**
 * For how long the oldest characters had been shown that are not in `found`, in milliseconds; 0 when all are there. On a busy
 * machine a process that reads late also writes late, so what had been sent says nothing. Throws an `AssertionError` when
 * `found` is no beginning of the answer, or the answer had ended.
 */
export function lossOf(
  found: string,
  { pieces, sentAt }: PacedAnswer,
  shown: readonly Shown[],
  killedAt: number,
): number {
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
  const lost = shown.find(({ characters }) => characters > found.length);
  return lost ? Math.max(0, killedAt - lost.at) : 0;
}
