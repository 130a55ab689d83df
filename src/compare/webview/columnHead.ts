/** Renders a column's model name as a button that chooses another model. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton } from '../../ui/webview/dom.ts';
import type { ColumnView } from '../common/compareProtocol.ts';
import { fewestColumns } from '../common/comparison.ts';
import type { CompareContext } from './context.ts';

export interface ColumnHead {
  column: ColumnView;
  /** From 0. */
  place: number;
  /** How many columns there are. */
  count: number;
  /** Whether another model can be chosen now. */
  free: boolean;
}

export function columnHead(
  { column, place, count, free }: ColumnHead,
  context: CompareContext,
): TemplateResult {
  const label = l10n.t('Choose Model {0}: {1}', place + 1, column.name);
  return html`<div class="column-head">
    <button type="button" class="column-model" title=${column.ref} aria-label=${label} aria-haspopup="listbox"
      aria-expanded="false" ?disabled=${!free}
      @click=${({ currentTarget }: Event) =>
        currentTarget instanceof HTMLButtonElement && context.chooseModel(currentTarget, place)}
    ><span class="column-name">${column.name}</span>${icon('chevron-down')}</button>
    <span class="column-connection">${column.connection}</span>
    ${
      count > fewestColumns && free
        ? iconButton({
            icon: 'close',
            label: l10n.t('Remove {0}', column.name),
            className: 'column-remove',
            onClick: () => context.removeModel(place),
          })
        : nothing
    }
  </div>`;
}
