/** Computes which loaded turns the next request omits or summarises; pure. */

import * as l10n from '@vscode/l10n';
import type { ContextView } from '../../common/protocol.ts';
import type { HeldTurns } from '../turnWindow.ts';

export interface ContextMarks {
  /** Turns of the view before this index are not sent as they are. */
  firstSent: number;
  /** What the line above that turn is about (below the last one, when none is sent); absent when there is no line. */
  line?: 'cut' | 'summarised';
}

export function contextMarks(held: HeldTurns, context: ContextView | undefined): ContextMarks {
  const leftOut = context && (context.omittedTurns > 0 || context.summarisedThroughTurnId !== undefined);
  const index = leftOut ? firstSent(held, context) : undefined;
  if (!context || index === undefined || index < 0) return { firstSent: 0 };
  const { length } = held.turns;
  const line = context.omittedTurns > 0 ? 'cut' : 'summarised';
  const inSight = index < length || (index === length && held.later === 0);
  return inSight ? { firstSent: index, line } : { firstSent: length };
}

/** What a line of that kind says. */
export function lineText(line: NonNullable<ContextMarks['line']>): string {
  return line === 'cut'
    ? l10n.t('Turns above are not sent any more: they do not fit.')
    : l10n.t('Turns above are sent as a summary.');
}

/** May lie outside the view; `undefined` when that can't be told. */
function firstSent(
  { turns, earlier }: HeldTurns,
  { omittedTurns, firstSentTurnId, summarisedThroughTurnId }: ContextView,
): number | undefined {
  const first = turns.findIndex(({ id }) => id === firstSentTurnId);
  if (first !== -1) return first;
  if (summarisedThroughTurnId === undefined) return omittedTurns - earlier;
  // Everything before the next question is summed up or left out.
  const summarised = turns.findIndex(({ id }) => id === summarisedThroughTurnId);
  return summarised === -1 || firstSentTurnId !== undefined ? undefined : summarised + 1 + omittedTurns;
}
