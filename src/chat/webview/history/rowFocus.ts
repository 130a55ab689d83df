/** Moves the focus between rows by keyboard, with a roving tab stop. Most rows of a long list are not on the page. */

export interface RowFocus {
  /** The row that has the focus or had it last, with its place in the whole list. */
  readonly active: { id: string; index: number } | undefined;
  /** The place of the row that gets the focus as soon as it is there. */
  readonly awaited: number | undefined;
  /**
   * Focuses the row at `index` of the whole list, or the nearest there is; false when there is none. One that is not on
   * the page gets the focus when it is, unless the user went elsewhere.
   */
  focusAt(index: number): boolean;
  focusOn(id: string): boolean;
  /** Call after each rendering: new rows start outside the tab order. Tells whether it moved the focus to a row. */
  refresh(): boolean;
}

export interface RowFocusOptions {
  /** The place of the first row on the page, and the number of all. */
  extent(): { first: number; total: number };
  /** Renders the row at `index`; false when it must be asked for. */
  reveal(index: number): boolean;
  /** The step above the first row. */
  leaveUp(): void;
  /** Keys that are not about moving. */
  onKey(event: KeyboardEvent, id: string): void;
}

/** Pixels, before there is a row to measure. */
const usualHeight = 50;

/** Rows are `.history-entry` elements in `list`, with their id in `data-id` and the main button first. */
export function createRowFocus(list: HTMLElement, options: RowFocusOptions): RowFocus {
  let active: { id: string; index: number } | undefined;
  let awaited: number | undefined;
  let reachable: Element | undefined;

  function rows(): HTMLElement[] {
    return Array.from(list.querySelectorAll<HTMLElement>('.history-entry'));
  }

  function focusAt(index: number): boolean {
    const { total } = options.extent();
    const place = Math.min(Math.max(index, 0), total - 1);
    if (place < 0) return false;
    if (!options.reveal(place)) {
      awaited = place;
      return true;
    }
    const row = rows()[place - options.extent().first];
    row?.querySelector<HTMLElement>('button, input')?.focus();
    // Focus alone would leave the row's lower half out of sight.
    row?.scrollIntoView({ block: 'nearest' });
    return row !== undefined;
  }

  function refresh(): boolean {
    const all = rows();
    const index = all.findIndex(({ dataset }) => dataset.id === active?.id);
    const { first } = options.extent();
    if (active && index !== -1) active = { id: active.id, index: first + index };
    const row = all[Math.max(index, 0)];
    if (row !== reachable) setTabIndex(reachable, -1);
    reachable = row;
    setTabIndex(row, 0);

    if (!list.contains(document.activeElement) && document.activeElement !== document.body)
      awaited = undefined;
    if (awaited !== undefined && awaited >= first && awaited < first + all.length) {
      const place = awaited;
      awaited = undefined;
      return focusAt(place);
    }
    // It was scrolled out of the page, and is back.
    if (document.activeElement !== list || index === -1) return false;
    row?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
    return true;
  }

  list.addEventListener('focusin', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.history-entry') : null;
    if (!row) return;
    awaited = undefined;
    const id = row.dataset.id ?? '';
    if (id === active?.id) return;
    active = { id, index: options.extent().first + rows().indexOf(row) };
    refresh();
  });
  list.addEventListener('keydown', (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.history-entry') : null;
    // The list has the focus itself while the row that had it is not on the page.
    if (!active || event.target instanceof HTMLInputElement || (!row && event.target !== list)) return;
    const { index } = active;
    const height = row?.offsetHeight || usualHeight;
    const page = Math.max(1, Math.floor(list.clientHeight / height) - 1);
    const next: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: Math.max(0, index - page),
      Home: 0,
      End: Number.POSITIVE_INFINITY,
    };
    const to = next[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      if (row) options.onKey(event, row.dataset.id ?? '');
      return;
    }
    event.preventDefault();
    if (to < 0) options.leaveUp();
    else focusAt(to);
  });

  return {
    get active() {
      return active;
    },
    get awaited() {
      return awaited;
    },
    focusAt,
    focusOn(id) {
      const index = rows().findIndex(({ dataset }) => dataset.id === id);
      return index !== -1 && focusAt(options.extent().first + index);
    },
    refresh,
  };
}

function setTabIndex(row: Element | undefined, value: number): void {
  for (const button of row?.querySelectorAll<HTMLElement>('button') ?? []) button.tabIndex = value;
}
