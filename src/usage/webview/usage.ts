/** Entry of the usage page: tokens and costs by day and model. */

import '../../ui/webview/loadTexts.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { type Cost, formatCosts } from '../../llm/pricing.ts';
import { icon } from '../../ui/webview/dom.ts';
import { connectToHost } from '../../ui/webview/vscodeApi.ts';
import type { UsageHostMessage, UsageViewMessage } from '../common/usageProtocol.ts';
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
let period: Period = periods.find((name) => name === host.getState()?.period) ?? 'month';
let order: UsageOrder = { by: 'day', descending: true };

host.post({ type: 'usage-ready' });

function paint(): void {
  if (shown) render(page(shown), app);
}

function page({ rows: all, today }: UsageHostMessage): TemplateResult {
  const prefix = prefixOf(today);
  const rows = sortUsage(
    all.filter(({ day }) => day.startsWith(prefix)),
    order,
  );
  const totals = totalsOf(rows);
  return html`<main class="usage-page">
    <header class="usage-head">
      <h1>${l10n.t('Usage')}</h1>
      <label>${l10n.t('Period')}
        <select class="field" @change=${({ target }: Event) => {
          if (target instanceof HTMLSelectElement) showPeriod(target.value);
        }}>${periods.map(
          (name) => html`<option value=${name} ?selected=${name === period}>${periodName(name)}</option>`,
        )}</select>
      </label>
      <span class="usage-buttons">
        <vscode-button secondary class="usage-export" ?disabled=${rows.length === 0}
          @click=${() => host.post({ type: 'usage-export', prefix })}>${l10n.t('Export as CSV')}</vscode-button>
        <vscode-button secondary class="usage-prices"
          @click=${() => host.post({ type: 'usage-settings', setting: 'prices' })}
          >${l10n.t('Set Prices')}</vscode-button>
        <vscode-button secondary class="usage-budget"
          @click=${() => host.post({ type: 'usage-settings', setting: 'budget' })}
          >${l10n.t('Set Budget')}</vscode-button>
      </span>
    </header>
    ${rows.length === 0 ? html`<p class="empty">${l10n.t('Nothing was asked in this period.')}</p>` : table(rows, totals)}
    ${remarks(totals)}
  </main>`;

  function table(sorted: readonly UsageRow[], sums: UsageTotals): TemplateResult {
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${l10n.t('Usage')}>
      <table class="usage-table">
        <thead><tr>${usageColumns.map(heading)}</tr></thead>
        <tbody>${sorted.map((row) => html`<tr>${cells(row, [row.day, row.model, row.connection])}</tr>`)}</tbody>
        <tfoot><tr>${cells(sums, [l10n.t('Total'), '', ''])}</tr></tfoot>
      </table>
    </div>`;
  }

  function heading(column: UsageColumn): TemplateResult {
    const sorted = order.by === column;
    return html`<th scope="col" class=${isNumber(column) ? 'number' : ''}
      aria-sort=${sorted ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="sort-button" @click=${() => sortBy(column)}>
        <span>${columnName(column)}</span>${
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
    if (costs.length === 0) return l10n.t('unknown');
    const known = formatCosts(costs);
    return unpriced > 0 ? l10n.t('{0} + unknown', known) : known;
  }

  function remarks({ unpriced, uncounted }: UsageTotals): TemplateResult {
    return html`<div class="usage-remarks">
      ${unpriced > 0 ? html`<p>${l10n.t('Requests whose cost is not known: {0}. Costs are reckoned when an answer ends, by the price that is known then.', unpriced)}</p>` : nothing}
      ${uncounted > 0 ? html`<p>${l10n.t('Requests for which the platform gave no counts, as for answers that were stopped: {0}.', uncounted)}</p>` : nothing}
    </div>`;
  }
}

function periodName(name: Period): string {
  const names: Record<Period, string> = {
    today: l10n.t('Today'),
    month: l10n.t('This month'),
    all: l10n.t('Everything'),
  };
  return names[name];
}

function columnName(column: UsageColumn): string {
  const names: Record<UsageColumn, string> = {
    day: l10n.t('Day'),
    model: l10n.t('Model'),
    connection: l10n.t('Connection'),
    cost: l10n.t('Cost'),
    requests: l10n.t('Requests'),
    input: l10n.t('Tokens in'),
    cached: l10n.t('Of it cached'),
    output: l10n.t('Tokens out'),
    reasoning: l10n.t('Of it reasoning'),
  };
  return names[column];
}

function prefixOf(today: string): string {
  if (period === 'today') return today;
  return period === 'month' ? today.slice(0, 7) : '';
}

function showPeriod(name: string): void {
  period = periods.find((known) => known === name) ?? period;
  host.updateState({ period });
  paint();
}

/** Numbers and days are sorted descending at first, names ascending. */
function sortBy(by: UsageColumn): void {
  const descending = order.by === by ? !order.descending : by === 'day' || isNumber(by);
  order = { by, descending };
  paint();
}

function isNumber(column: UsageColumn): boolean {
  return column !== 'day' && column !== 'model' && column !== 'connection';
}
