/** Typesets finished formulas one at a time while the browser has nothing better to do; the source stays a click away. */

import { copyFormulasAsSource } from './copySource.ts';
import { loadTypesetter } from './loadTypesetter.ts';
import type { Typeset } from './typeset.ts';

/** Longer ones stay source: reading them would hold up the panel. */
const maxLength = 5000;

/** Typesets the formulas of a finished element soon. `showSource` is the tooltip that says what a click does. */
export function typesetLater(element: Element, showSource: string): void {
  const found = element.querySelectorAll<HTMLElement>(
    '.formula:not(.typeset), .code-block:not(.typeset) > pre > code:is(.language-math, .language-latex, .language-katex, .language-tex)',
  );
  waiting.push(...Array.from(found, (place) => ({ place, showSource })));
  if (waiting.length === 0) return;
  if (!watchesCopies) copyFormulasAsSource();
  watchesCopies = true;
  loadTypesetter().then(schedule, () => waiting.splice(0));
}

interface Waiting {
  place: HTMLElement;
  showSource: string;
}

const waiting: Waiting[] = [];
let scheduled = false;
let watchesCopies = false;

function schedule(typeset: Typeset): void {
  if (scheduled || waiting.length === 0) return;
  scheduled = true;
  requestIdleCallback(
    (deadline) => {
      scheduled = false;
      do work(typeset);
      while (waiting.length > 0 && deadline.timeRemaining() > 4);
      schedule(typeset);
    },
    { timeout: 500 },
  );
}

function work(typeset: Typeset): void {
  const next = waiting.shift();
  if (!next) return;
  const { place, showSource } = next;
  const block = place.closest<HTMLElement>('.code-block');
  const formula = block ? document.createElement('div') : place;
  if (block) formula.className = 'formula formula-display';
  const source = place.textContent ?? '';
  if (source.length > maxLength || formula.classList.contains('typeset')) return;
  const tex = block ? source : source.replaceAll(/^(?:\$\$?|\\[([])|(?:\$\$?|\\[)\]])$/g, '');
  const math = typeset(tex, formula.classList.contains('formula-display'));
  if (!math) return;
  formula.append(math);
  formula.classList.add('typeset');
  block?.append(formula);
  block?.classList.add('typeset');
  makeToggle(formula, block ?? formula, { source: tex.trim(), showSource });
}

/** A click or Enter shows the source, selected so that it can be copied, and hides it again. */
function makeToggle(
  formula: HTMLElement,
  opened: HTMLElement,
  { source, showSource }: { source: string; showSource: string },
): void {
  formula.tabIndex = 0;
  formula.setAttribute('role', 'button');
  formula.setAttribute('aria-pressed', 'false');
  formula.setAttribute('aria-label', source);
  formula.title = showSource;
  const toggle = () => {
    // A click that ends a selection is no wish to see the source.
    if (!opened.classList.contains('open') && getSelection()?.isCollapsed === false) return;
    const open = opened.classList.toggle('open');
    formula.setAttribute('aria-pressed', String(open));
    const written = opened.querySelector('.formula-source, pre > code');
    if (open && written) getSelection()?.selectAllChildren(written);
    else getSelection()?.removeAllRanges();
  };
  formula.addEventListener('click', toggle);
  formula.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    toggle();
  });
}
