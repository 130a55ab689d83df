/** The models of a set of questions, each with what its answers come to. */

import { html, type TemplateResult } from 'lit';
import { formatString } from '../../chat/common/panelStrings.ts';
import { icon } from '../../ui/webview/dom.ts';
import { columnHead } from './columnHead.ts';
import type { CompareContext } from './context.ts';
import type { CompareState } from './state.ts';
import { count, duration, speed } from './values.ts';

export function summaryTable(
  { columns, rows, progress }: CompareState,
  context: CompareContext,
): TemplateResult {
  const { strings } = context;
  const unknown = strings['compare.unknown'];
  const blocked = columns.filter((column) => column.blocked !== undefined);
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${strings['compare.summary']}>
    <table class="summary">
      <thead><tr>
        <th scope="col">${strings['compare.model']}</th>
        <th scope="col" class="number">${strings['compare.answered']}</th>
        <th scope="col" class="number">${strings['compare.failed']}</th>
        <th scope="col" class="number">${strings['compare.firstToken']}</th>
        <th scope="col" class="number">${strings['compare.speed']}</th>
        <th scope="col" class="number">${strings['compare.totalTime']}</th>
        <th scope="col" class="number">${strings['compare.tokens']}</th>
        <th scope="col" class="number">${strings['compare.cost']}</th>
        <th scope="col" class="number">${strings['compare.best']}</th>
      </tr></thead>
      <tbody>${columns.map((column, place) => {
        const { summary } = column;
        const estimated = summary?.estimated ?? false;
        const head = { column, place, count: columns.length, free: !progress.running };
        return html`<tr>
          <th scope="row">${columnHead(head, context)}</th>
          <td class="number">${summary?.answered ?? 0} / ${rows.length}</td>
          <td class="number ${summary?.failed ? 'bad' : ''}">${summary?.failed ?? 0}</td>
          <td class="number">${duration(summary?.firstTokenMs, strings)}</td>
          <td class="number">${speed(summary?.tokensPerSecond, estimated, strings)}</td>
          <td class="number">${duration(summary?.totalMs, strings)}</td>
          <td class="number">${
            summary?.answered
              ? `${count(summary.inputTokens, estimated, strings)} / ${count(summary.outputTokens, false, strings)}`
              : unknown
          }</td>
          <td class="number">${summary?.cost?.text ?? unknown}</td>
          <td class="number">${summary?.best ?? 0}</td>
        </tr>`;
      })}</tbody>
    </table>
  </div>
  <p class="hint">${strings['compare.middle']}</p>
  ${blocked.map(
    ({ name, blocked: why }) =>
      html`<p class="notice blocked" role="alert">${icon('warning')}<span>${formatString(strings['compare.blocked'], name, why ?? '')}</span></p>`,
  )}`;
}
