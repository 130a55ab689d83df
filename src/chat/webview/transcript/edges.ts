/** Asks for more of the conversation in time, when the reader comes near the first or last turn that is there. */

import type { Post } from '../host.ts';
import type { HeldTurns } from '../turnWindow.ts';

export interface Edges {
  /** What is there now; call it after it is laid out. */
  update(held: HeldTurns): void;
}

/** Screens from the edge at which more is asked for. */
const reach = 2;
/** A request that brought nothing is repeated after so many milliseconds at the earliest. */
const patience = 2000;

type Place = 'before' | 'after';

export function createEdges(scroller: HTMLElement, post: Post): Edges {
  let held: HeldTurns | undefined;
  const asked: Record<Place, { turnId: string; at: number }> = {
    before: { turnId: '', at: 0 },
    after: { turnId: '', at: 0 },
  };

  function check(): void {
    if (!held) return;
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const near = reach * clientHeight;
    if (held.earlier > 0 && scrollTop < near) ask('before', held.turns[0]?.id);
    if (held.later > 0 && scrollHeight - clientHeight - scrollTop < near) ask('after', held.turns.at(-1)?.id);
  }

  function ask(place: Place, turnId: string | undefined): void {
    const now = performance.now();
    if (turnId === undefined || (asked[place].turnId === turnId && now - asked[place].at < patience)) return;
    asked[place] = { turnId, at: now };
    post({ type: 'turns-load', place, turnId });
  }

  scroller.addEventListener('scroll', check, { passive: true });
  return {
    update(next) {
      held = next;
      if (next.turns[0]?.id !== asked.before.turnId) asked.before.turnId = '';
      if (next.turns.at(-1)?.id !== asked.after.turnId) asked.after.turnId = '';
      check();
    },
  };
}
