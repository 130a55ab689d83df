/** The formulas of one text: typeset as they come into sight, within a limit of number and time that the user can lift or end. */

import { copyFormulasAsSource } from './copySource.ts';
import { createFormulaBar } from './formulaBar.ts';
import { forget, typesetLater } from './formulaQueue.ts';
import { typesetFormula } from './typesetFormula.ts';

export interface AnswerFormulas {
  /** Takes the formulas of an element of the text that will not change any more. */
  add(element: Element): void;
  /** The text starts over. */
  reset(): void;
}

/** How many formulas, and how much time for them and the layout of the page, before the user is asked. */
const batch = { formulas: 500, milliseconds: 1500 };
/** Fewer formulas are never too many, however slow the machine is. */
const few = 100;
/** Milliseconds: the text is so large that each further formula would hold up the page so long. */
const longestLayout = 100;

const finished = '.formula:not(.typeset)';
const blocks =
  '.code-block:not(.typeset) > pre > code:is(.language-math, .language-latex, .language-katex, .language-tex)';

/** `root`: the element of the whole text; the bar stands behind it. */
export function createAnswerFormulas(root: HTMLElement): AnswerFormulas {
  let known = new Set<HTMLElement>();
  /** Those in sight, in their order. */
  let waiting: HTMLElement[] = [];
  let typeset = 0;
  let left = { ...batch };
  let stopped = false;
  /** The user has seen that it is slow and went on. */
  let insisted = false;
  const bar = createFormulaBar(root, {
    stop() {
      stopped = true;
      update();
    },
    more() {
      stopped = false;
      insisted = true;
      left = { ...batch };
      typesetLater(queued);
      update();
    },
  });
  const sight = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        sight.unobserve(target);
        waiting.push(...inSightFirst(formulasIn(target).filter((place) => known.has(place))));
      }
      if (waiting.length > 0 && !stopped) typesetLater(queued);
      update();
    },
    // What comes into sight with the next turn of the wheel is ready by then.
    { scrollMargin: '400px' },
  );
  const queued = {
    typesetNext(run: Parameters<typeof typesetFormula>[1]): boolean {
      if (stopped || left.formulas <= 0) return false;
      const place = waiting.shift();
      if (!place) return false;
      // A text that was left, or started over.
      if (!place.isConnected) return waiting.length > 0;
      if (typesetFormula(place, run)) typeset++;
      else known.delete(place);
      left.formulas--;
      return waiting.length > 0;
    },
    spent({ typesetting, layout }: { typesetting: number; layout: number }): void {
      left.milliseconds -= typesetting + layout;
      const tooMuch = left.formulas <= 0 || left.milliseconds <= 0 || (layout > longestLayout && !insisted);
      if (tooMuch && waiting.length > 0 && typeset + waiting.length > few) stopped = true;
      update();
    },
  };

  function update(): void {
    const coming = waiting.length > few;
    bar.update(stopped ? 'stopped' : coming ? 'coming' : 'none', { typeset, all: known.size });
  }

  return {
    add(element) {
      const found = formulasIn(element);
      if (found.length === 0) return;
      for (const place of found) known.add(place);
      copyFormulasAsSource();
      sight.observe(element);
    },
    reset() {
      sight.disconnect();
      forget(queued);
      known = new Set();
      waiting = [];
      typeset = 0;
      left = { ...batch };
      stopped = false;
      insisted = false;
      update();
    },
  };
}

/** A long paragraph may be in sight with few of its formulas. */
function inSightFirst(places: HTMLElement[]): HTMLElement[] {
  if (places.length <= few) return places;
  const seen = new Set(
    places.filter((place) => {
      const { top, bottom } = place.getBoundingClientRect();
      return bottom >= 0 && top <= innerHeight;
    }),
  );
  return [...seen, ...places.filter((place) => !seen.has(place))];
}

function formulasIn(element: Element): HTMLElement[] {
  return Array.from(element.querySelectorAll<HTMLElement>(`${finished}, ${blocks}`));
}
