/** Typesets the formulas of one text when they become visible, within limits that the user can extend. */

import { createFormulaBar } from './formulaBar.ts';
import { forget, typesetLater } from './formulaQueue.ts';
import { typesetFormula } from './typesetFormula.ts';

export interface AnswerFormulas {
  /** Adds the formulas of a finished element. */
  add(element: Element): void;
  /** The text starts over. */
  reset(): void;
}

/** Formulas, and milliseconds for typesetting and layout, until the user is asked. */
const batch = { formulas: 500, milliseconds: 1500 };
/** The user is never asked about fewer formulas. */
const few = 100;
/** Milliseconds of layout for one slice of formulas, above which the user is asked. */
const longestLayout = 100;

const finished = '.formula:not(.typeset)';
const blocks =
  '.code-block:not(.typeset) > pre > code:is(.language-math, .language-latex, .language-katex, .language-tex)';

/** `root`: the element of the whole text; the bar stands behind it. */
export function createAnswerFormulas(root: HTMLElement): AnswerFormulas {
  let known = new Set<HTMLElement>();
  /** Visible ones that are not typeset yet, in their order. */
  let waiting: HTMLElement[] = [];
  let typeset = 0;
  let left = { ...batch };
  let stopped = false;
  /** The user chose to go on although the layout is slow. */
  let insisted = false;
  const updateBar = createFormulaBar(root, {
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
    // Typesets ahead, so that scrolling shows finished formulas.
    { scrollMargin: '400px' },
  );
  const queued = {
    typesetNext(run: Parameters<typeof typesetFormula>[1]): boolean {
      if (stopped || left.formulas <= 0) return false;
      const place = waiting.shift();
      if (!place) return false;
      // The text was removed, or started over.
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
    updateBar(stopped ? 'stopped' : coming ? 'coming' : 'none', { typeset, all: known.size });
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

/** Of a long paragraph, only few formulas may be visible. */
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

let watching = false;

/** From now on, copied text holds the source of formulas instead of their typeset signs. */
function copyFormulasAsSource(): void {
  if (watching) return;
  watching = true;
  document.addEventListener('copy', (event) => {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
    if (!selection || !range || !event.clipboardData || !holdsFormula(range)) return;
    const root = document.documentElement;
    // While the sources are visible, the browser's own text of the selection holds them.
    root.classList.add('copying-source');
    event.clipboardData.setData('text/plain', selection.toString());
    root.classList.remove('copying-source');
    event.preventDefault();
  });
}

function holdsFormula(range: Range): boolean {
  const around = range.commonAncestorContainer;
  const element = around instanceof Element ? around : around.parentElement;
  const formulas = element?.querySelectorAll('.formula.typeset:not(.open)') ?? [];
  return Array.from(formulas).some((formula) => range.intersectsNode(formula));
}
