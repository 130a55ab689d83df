/** A virtual list: only visible rows are in the DOM, and the chosen row is shown in full below. */

import { markHidden } from '../../base/common/hiddenText.ts';
import { markHiddenIn } from '../../ui/webview/hiddenMarks.ts';

export interface LongListOptions {
  /** The accessible name. */
  label: string;
  /** Column names; the last column fills the remaining width. */
  columns: readonly string[];
  count: number;
  /** The cells of one row, in the order of the columns. */
  row(index: number): readonly string[];
  /** The chosen row in full. */
  detail(index: number): string;
}

export interface LongList {
  readonly element: HTMLElement;
  /** Chooses a row and scrolls to it. */
  reveal(index: number): void;
  /** Shows the chosen row in full. */
  readonly detail: HTMLElement;
}

/** In pixels; the same stands in `inspect.css`. */
const rowHeight = 22;
/** Rows rendered beyond each edge. */
const spare = 10;
/** UTF-16 units of a cell: more than fits on any screen. */
const longestCell = 300;
/** The largest number of visible rows. */
const visibleRows = 14;

let lists = 0;

export function createLongList(options: LongListOptions): LongList {
  const { count, columns } = options;
  const id = `list-${++lists}`;
  const element = createElement('div', 'long-list');
  const head = createElement('div', 'row head');
  head.setAttribute('aria-hidden', 'true');
  head.append(...columns.map((name) => cellOf(name)));
  const scroller = createElement('div', 'rows');
  scroller.tabIndex = 0;
  scroller.role = 'listbox';
  scroller.ariaLabel = options.label;
  scroller.style.height = `${Math.min(count, visibleRows) * rowHeight}px`;
  const sizer = createElement('div', 'sizer');
  sizer.role = 'presentation';
  sizer.style.height = `${count * rowHeight}px`;
  scroller.append(sizer);
  const detail = createElement('pre', 'detail');
  detail.tabIndex = 0;
  detail.ariaLabel = options.label;
  detail.hidden = true;
  element.append(head, scroller, detail);
  let chosen = -1;

  function draw(): void {
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - spare);
    const last = Math.min(count, first + visibleRows + 2 * spare);
    const wanted = new Set(Array.from({ length: last - first }, (_, offset) => first + offset));
    // `aria-activedescendant` must refer to an element in the page.
    if (chosen >= 0) wanted.add(chosen);
    for (const row of Array.from(sizer.children)) {
      const index = Number(row instanceof HTMLElement ? row.dataset.index : -1);
      if (wanted.delete(index)) row.ariaSelected = String(index === chosen);
      else row.remove();
    }
    for (const index of wanted) sizer.append(createRow(index));
  }

  function createRow(index: number): HTMLElement {
    const row = createElement('div', 'row');
    row.role = 'option';
    row.id = `${id}-${index}`;
    row.dataset.index = String(index);
    row.ariaSetSize = String(count);
    row.ariaPosInSet = String(index + 1);
    row.ariaSelected = String(index === chosen);
    row.style.transform = `translateY(${index * rowHeight}px)`;
    row.append(...options.row(index).map((text) => cellOf(text)));
    return row;
  }

  function choose(index: number): void {
    chosen = Math.max(0, Math.min(count - 1, index));
    const top = chosen * rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = top + rowHeight - scroller.clientHeight;
    draw();
    scroller.setAttribute('aria-activedescendant', `${id}-${chosen}`);
    detail.hidden = false;
    detail.textContent = options.detail(chosen);
    markHiddenIn(detail);
  }

  scroller.addEventListener('scroll', draw, { passive: true });
  scroller.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    if (row) choose(Number(row.dataset.index));
  });
  scroller.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + visibleRows,
      PageUp: chosen - visibleRows,
      Home: 0,
      End: count - 1,
    };
    const next = steps[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(next);
  });
  scroller.addEventListener('focus', () => {
    if (chosen < 0 && count > 0) choose(0);
  });
  draw();
  return { element, detail, reveal: choose };
}

function cellOf(text: string): HTMLElement {
  const cell = createElement('span', 'cell');
  cell.textContent = markHidden(text.length > longestCell ? `${text.slice(0, longestCell)}…` : text);
  return cell;
}

function createElement(name: string, className: string): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  return element;
}
