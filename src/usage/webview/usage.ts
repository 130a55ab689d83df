/** The page of usage: what the models took, day by day, and what it cost. */

import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, render, type TemplateResult } from 'lit';
import { formatString } from '../../chat/common/panelStrings.ts';
import { type Cost, formatCosts } from '../../llm/pricing.ts';
import { icon } from '../../ui/webview/dom.ts';
import { connectToHost } from '../../ui/webview/vscodeApi.ts';
import type { UsageHostMessage } from '../common/usageProtocol.ts';
import type { UsageViewMessage } from '../common/usageProtocolSchema.ts';
import { sortUsage, type UsageColumn, type UsageOrder, usageColumns } from '../common/usageSorting.ts';
import { totalsOf, type UsageRow, type UsageTotals } from '../common/usageTable.ts';

const periods = ['today', 'month', 'all'] as const;
type Period = (typeof periods)[number];

const host = connectToHost<UsageHostMessage, UsageViewMessage, { period: string }>({
  'usage-show'(message) {
    shown = message;
    paint();
  },
});
const app = document.getElementById('app') ?? document.body;
let shown: UsageHostMessage | undefined;
let period: Period = periods.find((name) => name === host.recall()?.period) ?? 'month';
let order: UsageOrder = { by: 'day', descending: true };

host.post({ type: 'usage-ready' });

function paint(): void {
  if (shown) render(page(shown), app);
}

function page({ strings, rows: all, today }: UsageHostMessage): TemplateResult {
  const prefix = prefixOf(today);
  const rows = sortUsage(
    all.filter(({ day }) => day.startsWith(prefix)),
    order,
  );
  const totals = totalsOf(rows);
  return html`<main class="usage-page">
    <header class="usage-head">
      <h1>${strings['usage.title']}</h1>
      <label>${strings['usage.period']}
        <select class="field" @change=${({ target }: Event) => {
          if (target instanceof HTMLSelectElement) showPeriod(target.value);
        }}>${periods.map(
          (name) =>
            html`<option value=${name} ?selected=${name === period}>${strings[`usage.${name}`]}</option>`,
        )}</select>
      </label>
      <span class="usage-buttons">
        <vscode-button secondary class="usage-export" ?disabled=${rows.length === 0}
          @click=${() => host.post({ type: 'usage-export', prefix })}>${strings['usage.export']}</vscode-button>
        <vscode-button secondary class="usage-prices"
          @click=${() => host.post({ type: 'usage-settings', setting: 'prices' })}
          >${strings['usage.prices']}</vscode-button>
        <vscode-button secondary class="usage-budget"
          @click=${() => host.post({ type: 'usage-settings', setting: 'budget' })}
          >${strings['usage.budget']}</vscode-button>
      </span>
    </header>
    ${rows.length === 0 ? html`<p class="empty">${strings['usage.none']}</p>` : table(rows, totals)}
    ${remarks(totals)}
  </main>`;

  function table(sorted: readonly UsageRow[], sums: UsageTotals): TemplateResult {
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${strings['usage.title']}>
      <table class="usage-table">
        <thead><tr>${usageColumns.map(heading)}</tr></thead>
        <tbody>${sorted.map((row) => html`<tr>${cells(row, [row.day, row.model, row.connection])}</tr>`)}</tbody>
        <tfoot><tr>${cells(sums, [strings['usage.total'], '', ''])}</tr></tfoot>
      </table>
    </div>`;
  }

  function heading(column: UsageColumn): TemplateResult {
    const sorted = order.by === column;
    return html`<th scope="col" class=${isNumber(column) ? 'number' : ''}
      aria-sort=${sorted ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="sort-button" @click=${() => sortBy(column)}>
        <span>${strings[`usage.${column}`]}</span>${
          sorted ? icon(order.descending ? 'arrow-down' : 'arrow-up') : nothing
        }</button></th>`;
  }

  function cells(
    sums: UsageTotals,
    [day, model, connection]: readonly [string, string, string],
  ): TemplateResult {
    const { requests, inputTokens, cachedInputTokens, outputTokens, reasoningTokens } = sums;
    return html`<th scope="row">${day}</th><td class="model" title=${model}>${model}</td><td>${connection}</td>
      <td class="number cost ${sums.costs.length === 0 ? 'unknown' : ''}">${costText(sums.costs, sums)}</td>
      ${[requests, inputTokens, cachedInputTokens, outputTokens, reasoningTokens].map(
        (count) => html`<td class="number">${count.toLocaleString('en-US')}</td>`,
      )}`;
  }

  function costText(costs: readonly Cost[], { unpriced }: UsageTotals): string {
    if (costs.length === 0) return strings['usage.unknown'];
    const known = formatCosts(costs);
    return unpriced > 0 ? formatString(strings['usage.known'], known) : known;
  }

  function remarks({ unpriced, uncounted }: UsageTotals): TemplateResult {
    return html`<div class="usage-remarks">
      ${unpriced > 0 ? html`<p>${formatString(strings['usage.unpriced'], unpriced)}</p>` : nothing}
      ${uncounted > 0 ? html`<p>${formatString(strings['usage.uncounted'], uncounted)}</p>` : nothing}
    </div>`;
  }
}

function prefixOf(today: string): string {
  if (period === 'today') return today;
  return period === 'month' ? today.slice(0, 7) : '';
}

function showPeriod(name: string): void {
  period = periods.find((known) => known === name) ?? period;
  host.remember({ period });
  paint();
}

/** Numbers begin with the largest, names with the first. */
function sortBy(by: UsageColumn): void {
  const descending = order.by === by ? !order.descending : by === 'day' || isNumber(by);
  order = { by, descending };
  paint();
}

function isNumber(column: UsageColumn): boolean {
  return column !== 'day' && column !== 'model' && column !== 'connection';
}
