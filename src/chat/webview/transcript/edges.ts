/** Requests more turns from the host when the reader comes near the first or last loaded one. */

import type { Post } from '../host.ts';
import type { HeldTurns } from '../turnWindow.ts';

/** Distance from the edge, in screens, at which more is requested. */
const reach = 4;
/** Milliseconds until a request without result is repeated. */
const patience = 2000;

type Place = 'before' | 'after';

interface Edge {
  readonly place: Place;
  /** The line that counts the turns beyond. */
  readonly line: Element;
  near: boolean;
  /** The request that waits for its result. */
  asked?: { turnId: string; timer: ReturnType<typeof setTimeout> };
}

/**
 * `before` and `after`: elements beyond the first and last turn, in sight while there are more. Returns a function that
 * takes the loaded turns.
 */
export function createEdges(
  scroller: HTMLElement,
  lines: Record<Place, Element>,
  post: Post,
): (held: HeldTurns) => void {
  let held: HeldTurns | undefined;
  const edges: Edge[] = [
    { place: 'before', line: lines.before, near: false },
    { place: 'after', line: lines.after, near: false },
  ];

  const observer = new IntersectionObserver(
    (entries) => {
      for (const edge of edges) {
        const last = entries.findLast(({ target }) => target === edge.line);
        if (!last) continue;
        edge.near = last.isIntersecting;
        ask(edge);
      }
    },
    { root: scroller, rootMargin: `${100 * reach}% 0px` },
  );

  function ask(edge: Edge): void {
    const { place } = edge;
    const turnId = held?.turns.at(place === 'before' ? 0 : -1)?.id;
    const beyond = (place === 'before' ? held?.earlier : held?.later) ?? 0;
    if (!edge.near || turnId === undefined || beyond === 0 || edge.asked?.turnId === turnId) return;
    forget(edge);
    edge.asked = {
      turnId,
      timer: setTimeout(() => {
        forget(edge);
        ask(edge);
      }, patience),
    };
    post({ type: 'turns-load', place, turnId });
  }

  function forget(edge: Edge): void {
    clearTimeout(edge.asked?.timer);
    edge.asked = undefined;
  }

  return (next) => {
    held = next;
    for (const edge of edges) {
      const turnId = next.turns.at(edge.place === 'before' ? 0 : -1)?.id;
      if (edge.asked && edge.asked.turnId !== turnId) forget(edge);
      // Observed anew, it is heard of once more, wherever it is now.
      observer.unobserve(edge.line);
      edge.near = false;
      observer.observe(edge.line);
    }
  };
}
