/** Requests more turns from the host when the reader comes near the first or last loaded one. */

import type { Post } from '../host.ts';
import type { HeldTurns } from '../turnWindow.ts';

/** Distance from the edge, in screens, at which more is requested. */
const reach = 2;
/** Milliseconds until a request without result may be repeated. */
const patience = 2000;

type Place = 'before' | 'after';

/** Returns a function that takes the loaded turns; call it after their layout. */
export function createEdges(scroller: HTMLElement, post: Post): (held: HeldTurns) => void {
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
  return (next) => {
    held = next;
    if (next.turns[0]?.id !== asked.before.turnId) asked.before.turnId = '';
    if (next.turns.at(-1)?.id !== asked.after.turnId) asked.after.turnId = '';
    check();
  };
}
