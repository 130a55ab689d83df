/** Renders the buttons above the answers (ask, run, stop, export) and the progress of a run. */

import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/webview/dom.ts';
import { type MenuItem, openMenu } from '../../ui/webview/menu.ts';
import type { ExportFormat } from '../common/compareProtocol.ts';
import { mostColumns } from '../common/comparison.ts';
import type { CompareContext } from './context.ts';
import type { CompareState } from './state.ts';

/** The buttons below the question field, or beside the file's name. `ask` sends the text of the field. */
export function runButtons(state: CompareState, context: CompareContext, ask: () => void): TemplateResult {
  const { progress, source, columns, rows } = state;
  const { post } = context;
  const left = progress.total - progress.answered - progress.failed;
  return html`
    ${progress.running ? stopButton(context) : source === undefined ? askButton(state, ask) : setButtons(state, context)}
    <button type="button" class="text-button add-model" ?disabled=${progress.running || columns.length >= mostColumns}
      aria-haspopup="listbox" aria-expanded="false"
      @click=${({ currentTarget }: Event) =>
        currentTarget instanceof HTMLButtonElement && context.chooseModel(currentTarget, columns.length)}
    >${icon('add')}${l10n.t('Add Model')}</button>
    ${
      rows.length > 0 && left < progress.total
        ? html`<button type="button" class="text-button export-button" aria-haspopup="menu" aria-expanded="false"
            aria-label=${l10n.t('Export')}
            @click=${({ currentTarget }: Event) => {
              if (!(currentTarget instanceof HTMLButtonElement)) return;
              const item = (format: ExportFormat, name: string, label: string): MenuItem => ({
                icon: name,
                label,
                run: () => post({ type: 'export-run', format }),
              });
              openMenu(currentTarget, [
                item('csv', 'table', l10n.t('CSV, for Spreadsheets')),
                item('markdown', 'markdown', l10n.t('Markdown, to Read')),
                item('json', 'json', l10n.t('JSON, for Programs')),
              ]);
            }}>${icon('export')}${l10n.t('Export')}</button>`
        : nothing
    }
  `;
}

function stopButton({ post }: CompareContext): TemplateResult {
  return html`<button type="button" class="text-button primary stop-button" @click=${() => post({ type: 'run-stop' })}
    >${icon('debug-stop')}${l10n.t('Stop')}</button>`;
}

function askButton({ rows, progress }: CompareState, ask: () => void): TemplateResult {
  const done = rows.length > 0 && progress.answered === progress.total;
  return html`<button type="button" class="text-button primary ask-button" @click=${ask}
    >${icon('play')}${done ? l10n.t('Ask All Again (Enter)') : l10n.t('Ask (Enter)')}</button>`;
}

function setButtons({ progress }: CompareState, { post }: CompareContext): TemplateResult {
  const { total, answered, failed } = progress;
  const left = total - answered - failed;
  const count = left.toLocaleString();
  const label =
    left === total ? l10n.t('Run: {0} Requests', count) : l10n.t('Continue: {0} Requests Left', count);
  return html`
    ${
      left > 0
        ? html`<button type="button" class="text-button primary run-button"
            @click=${() => post({ type: 'run-start', failed: false })}
          >${icon('play')}${label}</button>`
        : nothing
    }
    ${
      failed > 0
        ? html`<button type="button" class="text-button retry-button ${left > 0 ? '' : 'primary'}"
            @click=${() => post({ type: 'run-start', failed: true })}
          >${icon('refresh')}${l10n.t('Ask Failed Ones Again ({0})', failed.toLocaleString())}</button>`
        : nothing
    }
  `;
}

/** The progress bar of a set of questions; nothing for a single question. */
export function progressLine({ progress, source }: CompareState): TemplateResult | typeof nothing {
  if (source === undefined) return nothing;
  const { total, answered, failed, running } = progress;
  const counts = [answered.toLocaleString(), total.toLocaleString()] as const;
  const text =
    failed > 0
      ? l10n.t('{0} of {1} answered, {2} failed', ...counts, failed.toLocaleString())
      : l10n.t('{0} of {1} answered', ...counts);
  return html`<div class="progress-line">
    <vscode-progress-bar class=${running ? '' : 'still'} .value=${answered + failed} .max=${Math.max(1, total)}
      aria-label=${text}></vscode-progress-bar>
    <span class="progress-text">${text}</span>
  </div>`;
}
