/** The loaded part of a conversation: adds turns, and releases those beyond the maximum. */

import type { HostMessage, OutcomeView, TurnView } from '../common/protocol.ts';
import type { GrowingTexts } from './growingTexts.ts';

/** Turns that the view holds at most, once more are added at one of its ends. */
export const maximumTurns = 160;

/** A turn as the view holds it. */
export interface HeldTurn extends TurnView, GrowingTexts {
  /** Higher after each change that did not merely add to `text`: what was rendered of it is void. */
  revision: number;
}

export interface HeldTurns {
  turns: readonly HeldTurn[];
  /** How many turns of the branch stand before and after these. */
  earlier: number;
  later: number;
}

export function isRunning(outcome: OutcomeView): boolean {
  return outcome.status === 'running';
}

/** Adds turns at one end; the other one gives way. Turns that do not join what is held change nothing. */
export function addTurns<Held extends HeldTurns>(
  held: Held,
  { place, turns, left }: Extract<HostMessage, { type: 'turns-add' }>,
): Held {
  const beyond = place === 'before' ? held.earlier : held.later;
  // They were asked for, and what is held may have shrunk since.
  if (turns.length === 0 || left + turns.length !== beyond) return held;
  const added = turns.map((turn) => ({ ...turn, revision: 0 }));
  return place === 'before'
    ? withoutEnd({ ...held, turns: [...added, ...held.turns], earlier: left })
    : withoutStart({ ...held, turns: [...held.turns, ...added], later: left });
}

/** Appends a turn, or only counts it when what is held ends before it. One that starts again takes its own place. */
export function startTurn<Held extends HeldTurns>(held: Held, turn: TurnView): Held {
  const known = held.turns.some(({ id }) => id === turn.id);
  if (!known && held.later > 0) return { ...held, later: held.later + 1 };
  const started = { ...turn, revision: nextRevision(held, turn) };
  return { ...held, turns: [...held.turns.filter(({ id }) => id !== turn.id), started] };
}

/** Lets go of the oldest turns beyond the maximum. */
export function withoutStart<Held extends HeldTurns>(held: Held): Held {
  const excess = held.turns.length - maximumTurns;
  if (excess <= 0) return held;
  return { ...held, turns: held.turns.slice(excess), earlier: held.earlier + excess };
}

/** Turns that are sent whole, as the view holds them: one it had keeps its revision only when its text is the same. */
export function holdTurns(held: HeldTurns | undefined, turns: readonly TurnView[]): HeldTurn[] {
  return turns.map((turn) => ({ ...turn, revision: nextRevision(held, turn) }));
}

/** Lets go of the newest turns beyond the maximum; the answer that is coming stays. */
function withoutEnd<Held extends HeldTurns>(held: Held): Held {
  const excess = held.turns.length - maximumTurns;
  const last = held.turns.at(-1);
  if (excess <= 0 || !last || isRunning(last.outcome)) return held;
  return { ...held, turns: held.turns.slice(0, maximumTurns), later: held.later + excess };
}

function nextRevision(held: HeldTurns | undefined, turn: TurnView): number {
  const known = held?.turns.find(({ id }) => id === turn.id);
  if (!known) return 0;
  return known.text === turn.text && known.reasoning === turn.reasoning ? known.revision : known.revision + 1;
}
