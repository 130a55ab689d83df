/** Computes how full the context is, for the meter; pure. */

import type { ContextView } from '../../common/protocol.ts';

export interface ContextLevel {
  /** 0 to 100; `undefined` where the model's limit is not known. */
  percent?: number;
  /** Nearly full, or turns are left out: the meter says so. */
  tight: boolean;
  /** The question alone is more than the model takes. */
  tooLong: boolean;
}

/** From this share of the limit on the meter warns. */
const tightPercent = 80;

export function contextLevel({ tokens, limit, omittedTurns }: ContextView): ContextLevel {
  if (limit === undefined) return { tight: omittedTurns > 0, tooLong: false };
  // No room at all is full, whatever is to be sent.
  const percent = limit > 0 ? Math.min(100, (tokens / limit) * 100) : 100;
  return { percent, tight: percent >= tightPercent || omittedTurns > 0, tooLong: tokens > limit };
}

/**
 * How many turns a summary stands for; 0 without one, `undefined` when the view does not have the last of them.
 * `earlier`: how many turns stand before `turns`.
 */
export function summarisedTurns(
  { summarisedThroughTurnId }: ContextView,
  { turns, earlier }: { turns: readonly { id: string }[]; earlier: number },
): number | undefined {
  if (summarisedThroughTurnId === undefined) return 0;
  const index = turns.findIndex(({ id }) => id === summarisedThroughTurnId);
  return index === -1 ? undefined : earlier + index + 1;
}
