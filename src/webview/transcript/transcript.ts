/** The list of turns: adds, updates and removes their elements, and leaves untouched what did not change. */

import type { PanelStrings } from '../../core/panelStrings.ts';
import type { PanelTurn } from '../state.ts';
import type { Post } from '../vscodeApi.ts';
import { createTurnElement, type TurnElement } from './turnElement.ts';

export interface Transcript {
  update(turns: readonly PanelTurn[], strings: PanelStrings): void;
}

interface Shown {
  turn: PanelTurn;
  view: TurnElement;
}

export function createTranscript(list: HTMLElement, post: Post): Transcript {
  let shown: Shown[] = [];
  let language: PanelStrings | undefined;

  return {
    update(turns, strings) {
      if (strings !== language) rearrange([], strings);
      language = strings;
      // The road of every delta: the same turns, one of them longer.
      const same =
        turns.length === shown.length && turns.every(({ id }, index) => id === shown[index]?.turn.id);
      if (same) for (const [index, turn] of turns.entries()) refresh(shown[index], turn);
      else rearrange(turns, strings);
    },
  };

  function refresh(entry: Shown | undefined, turn: PanelTurn): void {
    if (!entry || entry.turn === turn) return;
    entry.turn = turn;
    entry.view.update(turn);
  }

  /** Turns came or went: elements of those that stay are kept, in their order. */
  function rearrange(turns: readonly PanelTurn[], strings: PanelStrings): void {
    const known = new Map(shown.map((entry) => [entry.turn.id, entry]));
    shown = turns.map((turn) => {
      const entry = known.get(turn.id) ?? { turn, view: createTurnElement(turn, strings, post) };
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
}
