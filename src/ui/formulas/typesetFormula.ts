/** Shows a typeset formula instead of its source, which a click brings back. */

import * as l10n from '@vscode/l10n';
import type { Typeset } from './typeset.ts';

/** `place`: the formula's element, or the code that is one. `false` when it stays source. */
export function typesetFormula(place: HTMLElement, typeset: Typeset): boolean {
  const block = place.closest<HTMLElement>('.code-block');
  const formula = block ? document.createElement('div') : place;
  if (block) formula.className = 'formula formula-display';
  const source = place.textContent ?? '';
  const tex = block ? source : source.replaceAll(/^(?:\$\$?|\\[([])|(?:\$\$?|\\[)\]])$/g, '');
  const math = typeset(tex, formula.classList.contains('formula-display'));
  if (math === 'too-large')
    place.title = l10n.t('This formula is too large to typeset; its source is shown.');
  if (math === undefined || math === 'too-large') return false;
  formula.append(math);
  formula.classList.add('typeset');
  block?.append(formula);
  block?.classList.add('typeset');
  makeToggle(formula, block ?? formula, tex.trim());
  return true;
}

/** A click or Enter shows the source, selected so that it can be copied, and hides it again. */
function makeToggle(formula: HTMLElement, opened: HTMLElement, source: string): void {
  formula.tabIndex = 0;
  formula.setAttribute('role', 'button');
  formula.setAttribute('aria-pressed', 'false');
  formula.setAttribute('aria-label', source);
  formula.title = l10n.t('Show or hide the source of the formula');
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
