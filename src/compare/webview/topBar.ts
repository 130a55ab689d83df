/** What stands above the answers: the question or its file, the way to begin and to stop, and how far it is. */

import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { formatString } from '../../chat/common/panelStrings.ts';
import { icon } from '../../ui/webview/dom.ts';
import { openMenu } from '../../ui/webview/menu.ts';
import type { CompareTexts } from '../common/compareProtocol.ts';
import { mostColumns } from '../common/comparison.ts';
import type { CompareContext } from './context.ts';
import type { CompareState } from './state.ts';

/** The buttons below the question field, or beside the file's name. `ask`: asks what stands in the field. */
export function runButtons(state: CompareState, context: CompareContext, ask: () => void): TemplateResult {
  const { progress, source, columns, rows } = state;
  const { strings, post } = context;
  const left = progress.total - progress.answered - progress.failed;
  return html`
    ${progress.running ? stopButton(context) : source === undefined ? askButton(state, ask, strings) : setButtons(state, context)}
    <button type="button" class="text-button add-model" ?disabled=${progress.running || columns.length >= mostColumns}
      aria-haspopup="listbox" aria-expanded="false"
      @click=${({ currentTarget }: Event) =>
        currentTarget instanceof HTMLElement && context.chooseModel(currentTarget, columns.length)}
    >${icon('add')}${strings['compare.addModel']}</button>
    ${
      rows.length > 0 && left < progress.total
        ? html`<button type="button" class="text-button export-button" aria-haspopup="menu" aria-expanded="false"
            aria-label=${strings['compare.export']}
            @click=${({ currentTarget }: Event) => {
              if (!(currentTarget instanceof HTMLButtonElement)) return;
              openMenu(currentTarget, [
                {
                  icon: 'table',
                  label: strings['compare.exportCsv'],
                  run: () => post({ type: 'export-run', format: 'csv' }),
                },
                {
                  icon: 'markdown',
                  label: strings['compare.exportMarkdown'],
                  run: () => post({ type: 'export-run', format: 'markdown' }),
                },
                {
                  icon: 'json',
                  label: strings['compare.exportJson'],
                  run: () => post({ type: 'export-run', format: 'json' }),
                },
              ]);
            }}>${icon('export')}${strings['compare.export']}</button>`
        : nothing
    }
  `;
}

function stopButton({ strings, post }: CompareContext): TemplateResult {
  return html`<button type="button" class="text-button primary stop-button" @click=${() => post({ type: 'run-stop' })}
    >${icon('debug-stop')}${strings['compare.stop']}</button>`;
}

function askButton({ rows, progress }: CompareState, ask: () => void, strings: CompareTexts): TemplateResult {
  const done = rows.length > 0 && progress.answered === progress.total;
  return html`<button type="button" class="text-button primary ask-button" @click=${ask}
    >${icon('play')}${strings[done ? 'compare.askAgain' : 'compare.ask']}</button>`;
}

function setButtons({ progress }: CompareState, { strings, post }: CompareContext): TemplateResult {
  const { total, answered, failed } = progress;
  const left = total - answered - failed;
  const label = left === total ? 'compare.run' : 'compare.continue';
  return html`
    ${
      left > 0
        ? html`<button type="button" class="text-button primary run-button"
            @click=${() => post({ type: 'run-start', failed: false })}
          >${icon('play')}${formatString(strings[label], left.toLocaleString())}</button>`
        : nothing
    }
    ${
      failed > 0
        ? html`<button type="button" class="text-button retry-button ${left > 0 ? '' : 'primary'}"
            @click=${() => post({ type: 'run-start', failed: true })}
          >${icon('refresh')}${formatString(strings['compare.retryFailed'], failed.toLocaleString())}</button>`
        : nothing
    }
  `;
}

/** How far a set of questions is. */
export function progressLine(
  { progress, source }: CompareState,
  strings: CompareTexts,
): TemplateResult | typeof nothing {
  if (source === undefined) return nothing;
  const { total, answered, failed, running } = progress;
  const text = formatString(
    strings[failed > 0 ? 'compare.progressFailed' : 'compare.progress'],
    answered.toLocaleString(),
    total.toLocaleString(),
    failed.toLocaleString(),
  );
  return html`<div class="progress-line">
    <vscode-progress-bar class=${running ? '' : 'still'} .value=${answered + failed} .max=${Math.max(1, total)}
      aria-label=${text}></vscode-progress-bar>
    <span class="progress-text">${text}</span>
  </div>`;
}
