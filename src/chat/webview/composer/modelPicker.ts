/** Lets the user choose a model: a combobox with a filter, and options grouped by provider. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../../../ui/webview/dom.ts';
import type { Popover } from '../../../ui/webview/popover.ts';
import type { ComposerState, ModelChoice } from '../../common/protocol.ts';
import { customModel, filterModels } from './modelFilter.ts';
import { moveActive } from './suggest/moveActive.ts';

/** The models there are, and the one that is chosen. */
export type ModelList = Pick<ComposerState, 'models' | 'modelRef'>;

/** Returns a function that opens the list at a button. */
export function createModelPicker(
  popover: Popover,
  select: (ref: string) => void,
): (button: HTMLButtonElement, models: ModelList) => void {
  let filter = '';
  let active = 0;
  let redraw = (): void => {};

  function choose(ref: string | undefined): void {
    if (ref === undefined) return;
    select(ref);
    popover.close(true);
  }

  return (button, composer) => {
    filter = '';
    active = Math.max(0, refsOf(composer, '').indexOf(composer.modelRef));
    redraw = () => {
      popover.show({ owner: button, label: l10n.t('Models'), content: view(composer) });
      document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
    };
    redraw();
    document.getElementById('model-filter')?.focus();
  };

  function view(composer: ModelList): TemplateResult {
    const groups = filterModels(composer.models, filter);
    const custom = customModel(composer.models, filter);
    const count = refsOf(composer, filter).length;
    let index = 0;
    return html`
      <input id="model-filter" class="field" type="text" role="combobox" autocomplete="off" spellcheck="false"
        aria-expanded="true" aria-controls="model-list" aria-autocomplete="list" aria-haspopup="listbox"
        aria-activedescendant=${count > 0 ? optionId(active) : nothing}
        aria-label=${l10n.t('Filter, or type a model ID')} placeholder=${l10n.t('Filter, or type a model ID')} .value=${live(filter)}
        @input=${({ target }: Event) => {
          if (target instanceof HTMLInputElement) filter = target.value;
          active = 0;
          redraw();
        }}
        @keydown=${(event: KeyboardEvent) => onKey(event, composer, count)} />
      <div id="model-list" class="options" role="listbox" aria-label=${l10n.t('Models')}>
        ${groups.map(
          (group, groupIndex) => html`<div role="group" aria-labelledby="model-group-${groupIndex}">
            <div class="option-group" id="model-group-${groupIndex}" role="presentation">${group.label}</div>
            ${group.models.map((model) => option(model, index++, model.ref === composer.modelRef))}
          </div>`,
        )}
        ${
          custom === undefined
            ? nothing
            : option(
                {
                  ref: custom,
                  name: l10n.t('Use “{0}”', custom),
                  detail: l10n.t('not in the catalog: limits and price unknown'),
                },
                index++,
                false,
              )
        }
      </div>
      ${count === 0 ? html`<p class="empty">${l10n.t('No model matches')}</p>` : nothing}
    `;
  }

  function option(model: ModelChoice, index: number, selected: boolean): TemplateResult {
    return html`<div id=${optionId(index)} class="option ${index === active ? 'active' : ''}" role="option"
      aria-selected=${selected ? 'true' : 'false'} title=${[model.ref, model.detail].filter(Boolean).join('\n')}
      @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => choose(model.ref)}>
      <span class="option-check">${selected ? icon('check') : nothing}</span>
      <span class="option-name">${model.name}</span>
      <span class="option-detail">${model.detail ?? ''}</span>
    </div>`;
  }

  function onKey(event: KeyboardEvent, composer: ModelList, count: number): void {
    if (popover.ime.owns(event)) return;
    const moved = moveActive(event.key, active, count);
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(refsOf(composer, filter)[active]);
    } else if (moved !== undefined) {
      event.preventDefault();
      active = moved;
      redraw();
    }
  }
}

/** The `ref` of each option, in the order they are shown. */
function refsOf({ models }: ModelList, filter: string): string[] {
  const listed = filterModels(models, filter).flatMap((group) => group.models.map(({ ref }) => ref));
  const custom = customModel(models, filter);
  return custom === undefined ? listed : [...listed, custom];
}

function optionId(index: number): string {
  return `model-option-${index}`;
}
