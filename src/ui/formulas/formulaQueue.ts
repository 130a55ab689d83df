/** Typesets formulas in idle time, a few per slice, with one queue for all answers of the page. */

import { loadTypesetter } from './loadTypesetter.ts';
import type { Typeset } from './typeset.ts';

/** An answer, or another text, with formulas to typeset. */
export interface FormulaSource {
  /** Typesets the next one; `false` when there is none, or it shall not be for now. */
  typesetNext(typeset: Typeset): boolean;
  /** Hears what the last ones took, in milliseconds: to typeset them, and to lay out the page with them. */
  spent(time: { typesetting: number; layout: number }): void;
}

/** Milliseconds of work after which the page gets its turn: with the layout that follows it is shorter than a frame's delay. */
const longestSlice = 16;

const waiting = new Set<FormulaSource>();
let scheduled = false;

/** Has the formulas of `source` typeset soon. Once it has none it is left out until this is called again. */
export function typesetLater(source: FormulaSource): void {
  waiting.add(source);
  // Without the typesetter formulas stay as they were written.
  loadTypesetter().then(schedule, () => waiting.clear());
}

export function forget(source: FormulaSource): void {
  waiting.delete(source);
}

function schedule(typeset: Typeset): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  requestIdleCallback(
    (deadline) => {
      scheduled = false;
      work(typeset, deadline);
      schedule(typeset);
    },
    { timeout: 500 },
  );
}

function work(typeset: Typeset, deadline: IdleDeadline): void {
  const [source] = waiting;
  if (!source) return;
  const start = performance.now();
  let more = source.typesetNext(typeset);
  while (more && deadline.timeRemaining() > 4 && performance.now() - start < longestSlice)
    more = source.typesetNext(typeset);
  const middle = performance.now();
  // The page has to be laid out anyway; so it is known what that takes.
  document.body.getBoundingClientRect();
  source.spent({ typesetting: middle - start, layout: performance.now() - middle });
  // The next turn is another one's.
  waiting.delete(source);
  if (more) waiting.add(source);
}
