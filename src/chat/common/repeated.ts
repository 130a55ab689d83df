/** Whether something is in the next request anyway, as an earlier question took it along. */

import { type ContextUseOptions, measureContext } from './contextUse.ts';
import type { Attachment } from './conversation.ts';
import { isWorthRepeating } from './prompt.ts';

/**
 * True for the same text of the same place with a turn that is sent again: not with one that is left out, that a
 * summary stands for, or that brought no answer. `history` ends with the turn that is being answered, if one is: it
 * goes along next. `measure`: remembers what it counted for several attachments.
 */
export function isRepeated(
  attachment: Attachment,
  { history, ...options }: ContextUseOptions,
  measure = measureContext,
): boolean {
  const holds = history.map(({ attachments }) => attachments.some((one) => isSame(one, attachment)));
  if (!holds.includes(true)) return false;
  if (holds.at(-1) && history.at(-1)?.answer.status === 'running') return true;
  const { firstSentTurnId } = measure({ ...options, history });
  const firstSent = history.findIndex(({ id }) => id === firstSentTurnId);
  return (
    firstSent !== -1 &&
    history.some((turn, index) => index >= firstSent && holds[index] && isWorthRepeating(turn))
  );
}

function isSame(one: Attachment, other: Attachment): boolean {
  return (
    one.uri === other.uri &&
    one.path === other.path &&
    one.startLine === other.startLine &&
    one.endLine === other.endLine &&
    one.text === other.text
  );
}
