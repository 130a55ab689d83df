/** The sortable table of questions; only visible rows are in the DOM. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { markHidden } from '../../base/common/hiddenText.ts';
import { icon } from '../../ui/webview/dom.ts';
import type { CellView, ColumnView } from '../common/compareProtocol.ts';
import {
  type Measure,
  measureName,
  measures,
  type NumberedRow,
  type SortOrder,
  sortRows,
} from './sorting.ts';
import type { CompareState } from './state.ts';
import { measured } from './values.ts';

export interface QuestionTable {
  update(state: CompareState): void;
  /** The id of the question `by` rows below (or above, if negative) in sort order. */
  neighbour(questionId: string, by: number): string | undefined;
  /** Scrolls to a row and focuses it. */
  focus(questionId: string): void;
}

/** In pixels, as `table.css` has it. */
const rowHeight = 26;
/** Rows rendered beyond each edge. */
const margin = 8;

/** Fills `root`, which moves inside `scroller`. */
export function createQuestionTable(
  root: HTMLElement,
  scroller: HTMLElement,
  open: (questionId: string) => void,
): QuestionTable {
  let state: CompareState | undefined;
  let rows: readonly NumberedRow[] = [];
  let measure: Measure = 'answer';
  let order: SortOrder = { by: 'number', descending: false };
  /** The row with the tab stop. */
  let active = 0;

  function update(next: CompareState): void {
    state = next;
    rows = sortRows(next.rows, order, measure);
    active = Math.min(active, rows.length - 1);
    draw();
  }

  function draw(): void {
    if (!state) return;
    const { columns } = state;
    const [first, end] = windowOf();
    render(
      html`<div class="table-tools">
          <label>${l10n.t('Show in the Table')}
            <select class="field" @change=${({ target }: Event) => {
              const chosen = measures.find(
                (name) => target instanceof HTMLSelectElement && target.value === name,
              );
              measure = chosen ?? measure;
              if (state) update(state);
            }}>${measures.map(
              (name) =>
                html`<option value=${name} ?selected=${name === measure}>${measureName(name)}</option>`,
            )}</select></label>
        </div>
        <table class="questions" aria-label=${l10n.t('Questions')} aria-rowcount=${rows.length + 1}>
          <colgroup><col class="number-column" /><col class="question-column" />${columns.map(() => html`<col />`)}</colgroup>
          <thead><tr aria-rowindex="1">
            ${header(l10n.t('No.'), 'number')}
            ${header(l10n.t('Question'), 'question')}
            ${columns.map((column) => header(column.name, { columnId: column.id }))}
          </tr></thead>
          <tbody @keydown=${onKey}>
            <tr class="spacer" aria-hidden="true"><td colspan=${columns.length + 2}></td></tr>
            ${rows.slice(first, end).map((row, index) => rowOf(row, first + index, columns))}
            <tr class="spacer" aria-hidden="true"><td colspan=${columns.length + 2}></td></tr>
          </tbody>
        </table>`,
      root,
    );
    const [above, below] = root.querySelectorAll<HTMLElement>('.spacer');
    if (above) above.style.height = `${first * rowHeight}px`;
    if (below) below.style.height = `${(rows.length - end) * rowHeight}px`;
  }

  /** The range of rendered rows. */
  function windowOf(): [first: number, end: number] {
    const body = root.querySelector('tbody');
    const top = body ? scroller.getBoundingClientRect().top - body.getBoundingClientRect().top : 0;
    const height = scroller.clientHeight || 600;
    const first = Math.max(0, Math.min(rows.length, Math.floor(top / rowHeight) - margin));
    const end = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + margin);
    return [first, Math.max(first, end)];
  }

  function header(label: string, by: SortOrder['by']): TemplateResult {
    const mine = isSame(order.by, by);
    const sorted = mine ? (order.descending ? 'descending' : 'ascending') : 'none';
    const right = by === 'number' || (typeof by === 'object' && isNumeric());
    return html`<th scope="col" class=${right ? 'number' : ''} aria-sort=${sorted}><button type="button" class="sort-button"
      title=${l10n.t('Sort by {0}', label)} @click=${() => {
        order = { by, descending: mine && !order.descending };
        if (state) update(state);
      }}><span>${label}</span>${mine ? icon(order.descending ? 'arrow-down' : 'arrow-up') : nothing}</button></th>`;
  }

  function rowOf(row: NumberedRow, index: number, columns: readonly ColumnView[]): TemplateResult {
    return html`<tr aria-rowindex=${index + 2} data-question-id=${row.id} @click=${() => open(row.id)}>
      <td class="number">${row.number}</td>
      <th scope="row"><button type="button" class="row-button" tabindex=${index === active ? 0 : -1} title=${markHidden(row.text)}
        @focus=${() => {
          active = index;
        }}>${markHidden(row.text)}</button></th>
      ${columns.map(({ id }) => cellOf(row.cells[id], row.bestColumnId === id))}
    </tr>`;
  }

  function cellOf(cell: CellView | undefined, best: boolean): TemplateResult {
    const text = cell ? measured(cell, measure) : '';
    return html`<td class="cell ${cell?.status ?? 'waiting'} ${isNumeric() ? 'number' : ''}" title=${text}>
      ${best ? html`<span class="cell-best" title=${l10n.t('Best')}>${icon('star-full')}<span class="visually-hidden">${l10n.t('Best')}</span></span>` : nothing}
      ${cell?.status === 'failed' ? icon('error') : nothing}${text}</td>`;
  }

  function isNumeric(): boolean {
    return measure !== 'answer' && measure !== 'finish';
  }

  function onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 2);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    focusRow(Math.max(0, Math.min(rows.length - 1, target)));
  }

  function focusRow(index: number): void {
    active = index;
    const body = root.querySelector('tbody');
    if (!body) return;
    const head = root.querySelector('thead')?.getBoundingClientRect().height ?? 0;
    const view = scroller.getBoundingClientRect();
    const top = body.getBoundingClientRect().top + index * rowHeight;
    if (top < view.top + head) scroller.scrollTop -= view.top + head - top;
    else if (top + rowHeight > view.bottom) scroller.scrollTop += top + rowHeight - view.bottom;
    draw();
    root.querySelector<HTMLElement>('.row-button[tabindex="0"]')?.focus({ preventScroll: true });
  }

  scroller.addEventListener(
    'scroll',
    () => {
      if (root.isConnected && root.offsetParent !== null) draw();
    },
    { passive: true },
  );
  return {
    update,
    neighbour(questionId, by) {
      return rows[rows.findIndex(({ id }) => id === questionId) + by]?.id;
    },
    focus(questionId) {
      focusRow(
        Math.max(
          0,
          rows.findIndex(({ id }) => id === questionId),
        ),
      );
    },
  };
}

function isSame(one: SortOrder['by'], other: SortOrder['by']): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.columnId === other.columnId;
}
