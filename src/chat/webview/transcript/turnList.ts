/** Adds, updates and removes the elements of turns; unchanged turns stay untouched. */

import type { PanelTurn } from '../state.ts';
import { type ContextMarks, lineText } from './contextMarks.ts';
import { keepFocus } from './keepFocus.ts';
import type { TurnContext } from './turnContext.ts';
import { createTurnElement, type TurnElement } from './turnElement.ts';

export interface TurnList {
  /** Whether these are the turns it shows, whatever their content. */
  holds(turns: readonly PanelTurn[]): boolean;
  /** Shows the newest content of the same turns; called for each delta. */
  refresh(turns: readonly PanelTurn[]): void;
  /** Shows other turns; elements of those that stay are kept, in their order. */
  rearrange(turns: readonly PanelTurn[]): void;
  mark(marks: ContextMarks): void;
  elementOf(turnId: string): HTMLElement | undefined;
}

interface Shown {
  turn: PanelTurn;
  view: TurnElement;
}

export function createTurnList(list: HTMLElement, context: TurnContext): TurnList {
  let shown: Shown[] = [];

  function refresh(entry: Shown | undefined, turn: PanelTurn): void {
    if (!entry || entry.turn === turn) return;
    entry.turn = turn;
    entry.view.update(turn);
  }

  function rearrange(turns: readonly PanelTurn[]): void {
    const known = new Map(shown.map((entry) => [entry.turn.id, entry]));
    shown = turns.map((turn) => {
      const entry = known.get(turn.id) ?? { turn, view: createTurnElement(turn, context) };
      known.delete(turn.id);
      refresh(entry, turn);
      return entry;
    });
    for (const { view } of known.values()) view.dispose();
    let child = list.firstElementChild;
    for (const { view } of shown) {
      if (view.element === child) child = child.nextElementSibling;
      else list.insertBefore(view.element, child);
    }
  }

  return {
    holds: (turns) =>
      turns.length === shown.length && turns.every(({ id }, index) => id === shown[index]?.turn.id),
    refresh(turns) {
      for (const [index, turn] of turns.entries()) refresh(shown[index], turn);
    },
    rearrange: (turns) => keepFocus(list, () => rearrange(turns)),
    mark({ firstSent, line }) {
      for (const [index, { view }] of shown.entries())
        view.mark(index >= firstSent, line && index === firstSent ? lineText(line) : undefined);
    },
    elementOf: (turnId) => shown.find(({ turn }) => turn.id === turnId)?.view.element,
  };
}
