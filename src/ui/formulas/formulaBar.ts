/** Renders the bar below a text with many formulas: progress, and buttons to stop or go on. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { icon } from '../webview/dom.ts';

/** The class of a text whose formulas all show their source. */
const asSource = 'formulas-as-source';

/** Returns a function that shows the bar after `root`, or hides it (`none`). */
export function createFormulaBar(
  root: HTMLElement,
  { stop, more }: { stop: () => void; more: () => void },
): (state: 'none' | 'coming' | 'stopped', count: { typeset: number; all: number }) => void {
  let bar: HTMLElement | undefined;

  function draw(state: 'coming' | 'stopped', { typeset, all }: { typeset: number; all: number }): void {
    bar ??= document.createElement('div');
    bar.className = 'formula-bar';
    if (!bar.isConnected) root.after(bar);
    const coming = state === 'coming';
    const progress = coming
      ? l10n.t('{0} of {1} formulas are typeset…', typeset, all)
      : l10n.t('{0} of {1} formulas are typeset; the others are shown as source.', typeset, all);
    const source = root.classList.contains(asSource);
    const toggle = () => {
      root.classList.toggle(asSource);
      draw(state, { typeset, all });
    };
    render(
      html`<span role="status">${icon(coming ? 'loading' : 'info')}<span
          >${progress}</span
        ></span>
        <span class="formula-bar-actions">
          ${
            coming
              ? html`<button type="button" class="link-button" @click=${stop}>${l10n.t('Stop')}</button>`
              : html`<button type="button" class="link-button" @click=${more}>${l10n.t('Typeset More')}</button>`
          }
          ${
            typeset > 0
              ? html`<button type="button" class="link-button" @click=${toggle}>
                ${source ? l10n.t('Show Formulas') : l10n.t('Show Source')}
              </button>`
              : nothing
          }
        </span>`,
      bar,
    );
  }

  return (state, count) => {
    if (state !== 'none') return draw(state, count);
    root.classList.remove(asSource);
    bar?.remove();
    bar = undefined;
  };
}
