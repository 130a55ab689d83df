/** Adds, updates and removes the places of turns; unchanged turns stay untouched. */

import type { PanelTurn } from '../state.ts';
import { type ContextMarks, lineText } from './contextMarks.ts';
import { keepFocus } from './keepFocus.ts';
import { createRenderAhead } from './renderAhead.ts';
import type { TurnContext } from './turnContext.ts';
import { createTurnHeights } from './turnHeights.ts';
import { createTurnPlace, type TurnPlace } from './turnPlace.ts';

export interface TurnList {
  /** Whether these are the turns it shows, whatever their content. */
  holds(turns: readonly PanelTurn[]): boolean;
  /** Shows the newest content of the same turns; called for each delta. */
  refresh(turns: readonly PanelTurn[]): void;
  /**
   * Shows other turns; elements of those that stay are kept, in their order. `goal`: the turn that will be in sight;
   * without it the reader stays where they are.
   */
  rearrange(turns: readonly PanelTurn[], goal?: string): void;
  mark(marks: ContextMarks): void;
  /** Of a turn, which is rendered then. */
  elementOf(turnId: string): HTMLElement | undefined;
  /** Renders all turns: something looks for a text in them. */
  renderAll(): void;
}

interface Shown {
  turn: PanelTurn;
  place: TurnPlace;
}

/** Pixels: no turn is lower. */
const lowestTurn = 100;

/** `list`, in `scroller`, is empty. */
export function createTurnList(scroller: HTMLElement, list: HTMLElement, context: TurnContext): TurnList {
  let shown: Shown[] = [];
  const ahead = createRenderAhead(scroller);
  const heights = createTurnHeights(() => list.clientWidth);

  function refresh(entry: Shown | undefined, turn: PanelTurn): void {
    if (!entry || entry.turn === turn) return;
    entry.turn = turn;
    entry.place.update(turn);
  }

  function rearrange(turns: readonly PanelTurn[], goal: string | undefined): void {
    const known = new Map(shown.map((entry) => [entry.turn.id, entry]));
    const leaving = new Map(known);
    for (const { id } of turns) leaving.delete(id);
    const stays = leaving.size < known.size;
    // Reads come before all changes, which would make each of them a layout of its own.
    const inSight = goal === undefined && stays ? 1 : Math.ceil(scroller.clientHeight / lowestTurn);
    for (const [id, { place }] of leaving) heights.remember(id, place.element.getBoundingClientRect().height);
    const added = turns.filter(({ id }) => !known.has(id));
    const measured = new Map(added.map((turn) => [turn.id, heights.of(turn)]));

    shown = turns.map((turn) => {
      const height = measured.get(turn.id) ?? 0;
      const entry = known.get(turn.id) ?? { turn, place: createTurnPlace(turn, height, context) };
      refresh(entry, turn);
      return entry;
    });
    for (const { place } of leaving.values()) {
      ahead.drop(place);
      place.dispose();
    }
    let child = list.firstElementChild;
    for (const { place } of shown) {
      if (place.element === child) child = child.nextElementSibling;
      else list.insertBefore(place.element, child);
    }
    const isNew = shown.map(({ turn }) => measured.has(turn.id));
    const order = nearestFirst(
      isNew,
      turns.findIndex(({ id }) => id === goal),
    );
    const places = order.flatMap((index) => shown[index]?.place ?? []);
    for (const place of places.slice(0, inSight)) ahead.complete(place);
    ahead.add(places.slice(inSight));
  }

  return {
    holds: (turns) =>
      turns.length === shown.length && turns.every(({ id }, index) => id === shown[index]?.turn.id),
    refresh(turns) {
      for (const [index, turn] of turns.entries()) refresh(shown[index], turn);
    },
    rearrange: (turns, goal) => keepFocus(list, () => rearrange(turns, goal)),
    mark({ firstSent, line }) {
      for (const [index, { place }] of shown.entries())
        place.mark(index >= firstSent, line && index === firstSent ? lineText(line) : undefined);
    },
    elementOf(turnId) {
      const place = shown.find(({ turn }) => turn.id === turnId)?.place;
      if (place) ahead.complete(place);
      return place?.element;
    },
    renderAll: ahead.completeAll,
  };
}

/** The indexes of new turns, by their distance from the goal; without one (-1) from the turns that stay, or the end. */
function nearestFirst(isNew: readonly boolean[], goal: number): number[] {
  const first = isNew.indexOf(false);
  const last = isNew.lastIndexOf(false);
  const end = isNew.length - 1;
  const [from, to] = goal >= 0 ? [goal, goal] : first >= 0 ? [first, last] : [end, end];
  const distance = (index: number): number => Math.max(from - index, index - to, 0);
  return [...isNew.keys()]
    .filter((index) => isNew[index])
    .toSorted((one, other) => distance(one) - distance(other));
}
