/** The table of models with the summary of each one's answers. */

import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { icon } from '../../ui/webview/dom.ts';
import { columnHead } from './columnHead.ts';
import type { CompareContext } from './context.ts';
import type { CompareState } from './state.ts';
import { count, duration, speed } from './values.ts';

export function summaryTable(
  { columns, rows, progress }: CompareState,
  context: CompareContext,
): TemplateResult {
  const unknown = l10n.t('–');
  const blocked = columns.filter((column) => column.blocked !== undefined);
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${l10n.t('Models')}>
    <table class="summary">
      <thead><tr>
        <th scope="col">${l10n.t('Model')}</th>
        <th scope="col" class="number">${l10n.t('Answered')}</th>
        <th scope="col" class="number">${l10n.t('Failed')}</th>
        <th scope="col" class="number">${l10n.t('First token')}</th>
        <th scope="col" class="number">${l10n.t('Tokens per second')}</th>
        <th scope="col" class="number">${l10n.t('Total time')}</th>
        <th scope="col" class="number">${l10n.t('Tokens in / out')}</th>
        <th scope="col" class="number">${l10n.t('Cost')}</th>
        <th scope="col" class="number">${l10n.t('Best')}</th>
      </tr></thead>
      <tbody>${columns.map((column, place) => {
        const { summary } = column;
        const estimated = summary?.estimated ?? false;
        const head = { column, place, count: columns.length, free: !progress.running };
        return html`<tr>
          <th scope="row">${columnHead(head, context)}</th>
          <td class="number">${summary?.answered ?? 0} / ${rows.length}</td>
          <td class="number ${summary?.failed ? 'bad' : ''}">${summary?.failed ?? 0}</td>
          <td class="number">${duration(summary?.firstTokenMs)}</td>
          <td class="number">${speed(summary?.tokensPerSecond, estimated)}</td>
          <td class="number">${duration(summary?.totalMs)}</td>
          <td class="number">${
            summary?.answered
              ? `${count(summary.inputTokens, estimated)} / ${count(summary.outputTokens, false)}`
              : unknown
          }</td>
          <td class="number">${summary?.cost?.text ?? unknown}</td>
          <td class="number">${summary?.best ?? 0}</td>
        </tr>`;
      })}</tbody>
    </table>
  </div>
  <p class="hint">${l10n.t('Times and speeds are medians of the finished answers.')}</p>
  ${blocked.map(
    ({ name, blocked: why }) =>
      html`<p class="notice blocked" role="alert">${icon('warning')}<span>${l10n.t('{0}: the rest was not asked. {1}', name, why ?? '')}</span></p>`,
  )}`;
}
