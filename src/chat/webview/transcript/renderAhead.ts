/** Renders turns before the reader comes to them: one slice in each frame, those near the visible part at once. */

import type { TurnPlace } from './turnPlace.ts';

/** Characters of an answer that are rendered in one frame; with them what a turn has besides. */
export const sliceLength = 4000;
/** Distance from the visible part, in screens, at which a turn is rendered at once. */
const nearby = 1;

export interface RenderAhead {
  /** Takes turns that are not rendered, in the order in which they are to be; those of before come first. */
  add(places: readonly TurnPlace[]): void;
  /** Renders a turn now. */
  complete(place: TurnPlace): void;
  /** Renders all that is left. */
  completeAll(): void;
  /** The turn is gone. */
  drop(place: TurnPlace): void;
}

export function createRenderAhead(scroller: HTMLElement): RenderAhead {
  const waiting = new Map<Element, TurnPlace>();
  let requested = false;

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const place = waiting.get(target);
        if (isIntersecting && place) complete(place);
      }
    },
    { root: scroller, rootMargin: `${100 * nearby}% 0px` },
  );

  function request(): void {
    if (requested || waiting.size === 0) return;
    requested = true;
    requestAnimationFrame(step);
  }

  function step(): void {
    requested = false;
    const [next] = waiting.values();
    next?.render(sliceLength);
    if (next?.rendered) drop(next);
    request();
  }

  function complete(place: TurnPlace): void {
    drop(place);
    if (!place.rendered) place.render(Number.POSITIVE_INFINITY);
  }

  function drop({ element }: TurnPlace): void {
    if (waiting.delete(element)) near.unobserve(element);
  }

  return {
    add(places) {
      for (const place of places) {
        waiting.set(place.element, place);
        near.observe(place.element);
      }
      request();
    },
    complete,
    completeAll() {
      for (const place of [...waiting.values()]) complete(place);
    },
    drop,
  };
}
