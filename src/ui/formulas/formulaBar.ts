/** The line below a text with very many formulas: how far they are typeset, and what the user can do about it. */

import { html, nothing, render } from 'lit';
import { formatString } from '../../chat/common/panelStrings.ts';
import type { MarkdownLabels } from '../markdown/labels.ts';
import { icon } from '../webview/dom.ts';

export interface FormulaBar {
  update(state: 'none' | 'coming' | 'stopped', count: { typeset: number; all: number }): void;
}

/** The class of a text whose formulas all show their source. */
const asSource = 'formulas-as-source';

/** Stands behind `root` while there is something to say. */
export function createFormulaBar(
  root: HTMLElement,
  labels: MarkdownLabels,
  { stop, more }: { stop: () => void; more: () => void },
): FormulaBar {
  let bar: HTMLElement | undefined;

  function draw(state: 'coming' | 'stopped', { typeset, all }: { typeset: number; all: number }): void {
    bar ??= document.createElement('div');
    bar.className = 'formula-bar';
    if (!bar.isConnected) root.after(bar);
    const coming = state === 'coming';
    const source = root.classList.contains(asSource);
    const toggle = () => {
      root.classList.toggle(asSource);
      draw(state, { typeset, all });
    };
    render(
      html`<span role="status">${icon(coming ? 'loading' : 'info')}<span
          >${formatString(coming ? labels.formulasComing : labels.formulasStopped, typeset, all)}</span
        ></span>
        <span class="formula-bar-actions">
          ${
            coming
              ? html`<button type="button" class="link-button" @click=${stop}>${labels.formulasStop}</button>`
              : html`<button type="button" class="link-button" @click=${more}>${labels.formulasMore}</button>`
          }
          ${
            typeset > 0
              ? html`<button type="button" class="link-button" @click=${toggle}>
                ${source ? labels.formulasShow : labels.formulasSource}
              </button>`
              : nothing
          }
        </span>`,
      bar,
    );
  }

  return {
    update(state, count) {
      if (state !== 'none') return draw(state, count);
      root.classList.remove(asSource);
      bar?.remove();
      bar = undefined;
    },
  };
}
