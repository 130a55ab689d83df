/** Searches the loaded turns; caches the text of a turn until it changes. */

import { findRanges, type Segment, segmentsOf } from './segments.ts';

export interface LoadedTurn {
  turnId: string;
  element: HTMLElement;
  count: number;
  /** The match at `index`; `closed`: it lies in reasoning that is shown only when its box is opened. */
  at(index: number): AbstractRange | 'closed' | undefined;
  ranges: readonly AbstractRange[];
}

export interface LoadedTurns {
  /** All turns in `list`, oldest first, those without a match too. */
  find(pattern: RegExp): LoadedTurn[];
  /** Forgets what was read of the turns that these changes concern. */
  invalidate(changes: readonly MutationRecord[]): void;
}

/** `reasoningOf` gives the source of a turn's reasoning, which gets into the page only when its box is opened. */
export function createLoadedTurns(list: Element, reasoningOf: (turnId: string) => string): LoadedTurns {
  const read = new WeakMap<Element, readonly Segment[]>();

  function segments(turn: Element): readonly Segment[] {
    const known = read.get(turn) ?? segmentsOf(turn);
    read.set(turn, known);
    return known;
  }

  return {
    find: (pattern) =>
      Array.from(list.querySelectorAll<HTMLElement>('.turn[data-turn-id]'), (element) => {
        const turnId = element.dataset.turnId ?? '';
        const ranges = findRanges(segments(element), pattern);
        const unread = element.querySelector('.reasoning-text:empty') !== null;
        const closed = unread ? Array.from(reasoningOf(turnId).matchAll(pattern)).length : 0;
        const first =
          closed > 0 ? ranges.filter(({ startContainer }) => inQuestion(startContainer)).length : 0;
        return {
          turnId,
          element,
          ranges,
          count: ranges.length + closed,
          at(index) {
            if (closed === 0 || index < first) return ranges[index];
            return index < first + closed ? 'closed' : ranges[index - closed];
          },
        };
      }),
    invalidate(changes) {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const turn = element?.closest('.turn');
        if (turn) read.delete(turn);
      }
    },
  };
}

function inQuestion(node: Node): boolean {
  return node.parentElement?.closest('.question-text') !== null;
}
