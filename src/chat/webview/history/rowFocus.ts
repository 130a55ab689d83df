/** Moves the focus between rows by keyboard, with a roving tab stop. */

export interface RowFocus {
  /** The row that has the focus or had it last, with its place; `undefined` when it is gone. */
  readonly active: { id: string; index: number } | undefined;
  /** Focuses the row at `index`, or the nearest there is; false when there is none. */
  focusAt(index: number): boolean;
  focusOn(id: string): boolean;
  /** Call after each rendering: new rows start outside the tab order. */
  refresh(): void;
}

export interface RowFocusOptions {
  /** Renders at least `count` rows; everything for `Infinity`. */
  extend(count: number): void;
  /** The step above the first row. */
  leaveUp(): void;
  /** Keys that are not about moving. */
  onKey(event: KeyboardEvent, id: string): void;
}

/** Rows are `.history-entry` elements in `list`, with their id in `data-id` and the main button first. */
export function createRowFocus(list: HTMLElement, options: RowFocusOptions): RowFocus {
  let activeId: string | undefined;
  let reachable: Element | undefined;

  function rows(): HTMLElement[] {
    return Array.from(list.querySelectorAll<HTMLElement>('.history-entry'));
  }

  function focusAt(index: number): boolean {
    options.extend(index + 1);
    const all = rows();
    const row = all[Math.min(Math.max(index, 0), all.length - 1)];
    const target = row?.querySelector<HTMLElement>('button, input');
    target?.focus();
    // Focus alone would leave the row's lower half out of sight.
    row?.scrollIntoView({ block: 'nearest' });
    return target !== undefined && target !== null;
  }

  function refresh(): void {
    const all = rows();
    const row = all.find(({ dataset }) => dataset.id === activeId) ?? all[0];
    if (row !== reachable) setTabIndex(reachable, -1);
    reachable = row;
    setTabIndex(row, 0);
  }

  list.addEventListener('focusin', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.history-entry') : null;
    if (!row || row.dataset.id === activeId) return;
    activeId = row.dataset.id;
    refresh();
  });
  list.addEventListener('keydown', (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.history-entry') : null;
    if (!row || event.target instanceof HTMLInputElement) return;
    const index = rows().indexOf(row);
    const page = Math.max(1, Math.floor(list.clientHeight / Math.max(1, row.offsetHeight)) - 1);
    const next: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: Math.max(0, index - page),
      Home: 0,
      End: Number.POSITIVE_INFINITY,
    };
    const to = next[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey)
      return options.onKey(event, row.dataset.id ?? '');
    event.preventDefault();
    if (to < 0) options.leaveUp();
    else focusAt(to);
  });

  return {
    get active() {
      const index = rows().findIndex(({ dataset }) => dataset.id === activeId);
      return activeId === undefined || index === -1 ? undefined : { id: activeId, index };
    },
    focusAt,
    focusOn(id) {
      const index = rows().findIndex(({ dataset }) => dataset.id === id);
      return index !== -1 && focusAt(index);
    },
    refresh,
  };
}

function setTabIndex(row: Element | undefined, value: number): void {
  for (const button of row?.querySelectorAll<HTMLElement>('button') ?? []) button.tabIndex = value;
}
