/**
 * The list of chats, grouped under headings, with the actions of each row. The page holds only a part of a long list, and
 * renders of that part what is in sight or near; empty space stands for the rest.
 */

import * as l10n from '@vscode/l10n';
import { html, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clickOnContextMenu, openMenu } from '../../../ui/webview/menu.ts';
import { type HistoryEntry, historyRangeLength } from '../../common/historyEntry.ts';
import type { HistoryAction } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import { type EntryActions, entryRow } from './entryRow.ts';
import { groupEntries } from './grouping.ts';
import { createRenameField, type RenameEnd } from './renameField.ts';
import { createRowFocus } from './rowFocus.ts';
import { createTimeFormat } from './timeFormat.ts';

export interface EntryList {
  readonly element: HTMLElement;
  /** The place of the first entry it was given. */
  readonly from: number;
  /** Shows this part; the focus stays in the list if its row is removed. */
  update(part: ListPart): void;
  /** Scrolls back to the first rows. */
  reset(): void;
  focusFirst(): void;
  /** Focuses this entry as soon as it is in the list. */
  expect(id: string): void;
}

export interface ListPart {
  /** Newest first. */
  entries: readonly HistoryEntry[];
  /** How many stand before them, where pinned ones stand before all others. */
  from: number;
  /** The length of the whole list. */
  total: number;
}

export interface EntryListOptions {
  post: Post;
  /** Asks for the part of the list that begins at this place. */
  request(from: number): void;
  /** The step above the first row. */
  leaveUp(): void;
  /** A conversation was opened. */
  onOpen(): void;
}

/** Rows rendered at first, and added whenever the reader comes near the end. */
const firstRows = 30;
const moreRows = 60;
/** Pixels, before there is a row to measure. */
const usualHeight = 50;

export function createEntryList({ post, request, leaveUp, onOpen }: EntryListOptions): EntryList {
  const element = document.createElement('div');
  element.className = 'history-list';
  // It keeps the focus while the row that had it is scrolled out of the page.
  element.tabIndex = -1;
  element.role = 'group';
  const above = document.createElement('div');
  const below = document.createElement('div');
  const times = createTimeFormat(document.documentElement.lang || 'en');
  let entries: readonly HistoryEntry[] = [];
  let from = 0;
  let total = 0;
  let limit = firstRows;
  /** Whether another part was asked for and has not come. */
  let isWaiting = false;
  let rowHeight = usualHeight;
  let renaming: { id: string; field: HTMLInputElement } | undefined;
  let expected: string | undefined;

  const rows = createRowFocus(element, {
    extent: () => ({ first: from, total }),
    reveal(index) {
      if (index < from || index >= from + entries.length) {
        ask(index);
        return false;
      }
      if (index >= from + limit) {
        limit = index - from + 1;
        draw();
      }
      return true;
    },
    leaveUp,
    onKey(event, id) {
      const entry = entries.find((candidate) => candidate.id === id);
      if (!entry) return;
      const { key } = event;
      if (key === 'F2') actions.rename(entry);
      // A Mac has no Delete key of its own.
      else if (key === 'Delete' || (key === 'Backspace' && event.metaKey)) actions.remove(entry);
      else return;
      event.preventDefault();
    },
  });

  const actions: EntryActions = {
    open(entry) {
      if (entry.state === 'damaged') return moreOf(entry.id)?.click();
      if (entry.state === 'newer') return;
      run('open', entry);
      onOpen();
    },
    rename(entry) {
      if (entry.state !== 'ok') return;
      const field = createRenameField(entry.title, (end) => endRename(entry, end));
      renaming = { id: entry.id, field };
      draw();
      field.focus();
      field.select();
    },
    togglePin: (entry) => run(entry.pinned ? 'unpin' : 'pin', entry),
    remove(entry) {
      if (entry.state === 'ok') run('delete', entry);
    },
    more(entry, button) {
      const item = (name: string, label: string, action: HistoryAction) => ({
        icon: name,
        label,
        run: () => run(action, entry),
      });
      const exports = [
        item('markdown', l10n.t('Export as Markdown…'), 'export-markdown'),
        item('json', l10n.t('Export as JSON…'), 'export-json'),
      ];
      const beside = item('open-preview', l10n.t('Open as Markdown Beside'), 'open-markdown');
      const code = item('code', l10n.t('Copy as Code…'), 'copy-code');
      const tab = item('go-to-file', l10n.t('Open in an Editor Tab'), 'open-tab');
      openMenu(button, entry.state === 'ok' ? [tab, beside, code, ...exports] : exports);
    },
  };

  clickOnContextMenu(element, (target) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.history-entry') : null;
    return row && moreOf(row.dataset.id);
  });
  element.addEventListener('scroll', look, { passive: true });
  // A tall panel has room for more rows than the first ones.
  new ResizeObserver(look).observe(element);

  return {
    element,
    get from() {
      return from;
    },
    update(part) {
      isWaiting = false;
      if (part.from !== from) limit = part.entries.length;
      ({ entries, total } = part);
      if (!entries.some(({ id }) => id === renaming?.id)) renaming = undefined;
      const isThere = entries.some(({ id }) => id === expected);
      if (isThere) limit = Math.max(limit, entries.length);
      draw(part.from);
      if (expected !== undefined && isThere && rows.focusOn(expected)) expected = undefined;
      // It was wanted while another part was on its way.
      if (rows.awaited !== undefined) ask(rows.awaited);
      look();
    },
    reset() {
      limit = firstRows;
      expected = undefined;
      renaming = undefined;
      isWaiting = false;
      element.scrollTop = 0;
    },
    focusFirst: () => void rows.focusAt(0),
    expect(id) {
      expected = id;
    },
  };

  /** Gets more rows when the reader is within a screen of where they end. */
  function look(): void {
    const margin = element.clientHeight;
    if (margin === 0) return;
    const { top, bottom } = element.getBoundingClientRect();
    const missing = (): number => bottom + margin - below.getBoundingClientRect().top;
    if (missing() > 0 && limit < entries.length) {
      limit += Math.max(moreRows, Math.ceil(missing() / rowHeight));
      draw();
    }
    const isNearEnd = missing() > 0 && from + entries.length < total;
    const isNearStart = above.getBoundingClientRect().bottom > top - margin && from > 0;
    if (isNearEnd || isNearStart) ask(Math.floor(placeAt(top) + margin / rowHeight / 2));
  }

  /** The place in the whole list of the row at this height of the window; with a fraction where the row is not rendered. */
  function placeAt(y: number): number {
    const start = above.getBoundingClientRect().bottom;
    const end = below.getBoundingClientRect().top;
    if (y < start) return Math.max(0, from - (start - y) / rowHeight);
    if (y >= end) return from + allRows().length + (y - end) / rowHeight;
    return from + allRows().findIndex((row) => row.getBoundingClientRect().bottom > y);
  }

  /** The height of the window at which the row of this place is, or would be. */
  function heightOf(place: number): number {
    if (place < from) return above.getBoundingClientRect().bottom - (from - place) * rowHeight;
    const rendered = allRows();
    const row = rendered[Math.floor(place) - from];
    if (row) return row.getBoundingClientRect().top;
    return below.getBoundingClientRect().top + (place - from - rendered.length) * rowHeight;
  }

  /** Asks for a part with this place in its middle, unless it is here already. */
  function ask(middle: number): void {
    const last = Math.max(0, total - historyRangeLength);
    const begin = Math.min(Math.max(0, middle - Math.floor(historyRangeLength / 2)), last);
    if (isWaiting || begin === from) return;
    isWaiting = true;
    // Its row may go: what was typed counts, as whenever the user goes on to something else.
    renaming?.field.blur();
    request(begin);
  }

  /** `nextFrom`: the place of the first entry from now on. */
  function draw(nextFrom = from): void {
    const hadFocus = element.contains(document.activeElement);
    const sight = element.scrollTop > 0 ? firstInSight() : undefined;
    from = nextFrom;
    element.ariaLabel = l10n.t('Chats');
    render(content(), element);
    const rest = total - from - Math.min(limit, entries.length);
    if (from > 0 || rest > 0) measure();
    above.style.height = `${from * rowHeight}px`;
    below.style.height = `${rest * rowHeight}px`;
    // What is in sight stays where it is, whatever came or went above.
    if (sight) {
      const row = rowOf(sight.id);
      element.scrollTop += (row ? row.getBoundingClientRect().top : heightOf(sight.place)) - sight.top;
    }

    if (rows.refresh() || !hadFocus || element.contains(document.activeElement)) return;
    const { active } = rows;
    if (active && rows.focusOn(active.id)) return;
    const isGone = active && active.index >= from && active.index <= from + entries.length;
    if (!isGone && total > 0) element.focus({ preventScroll: true });
    else if (!active || !rows.focusAt(active.index)) leaveUp();
  }

  function measure(): void {
    const count = Math.min(limit, entries.length);
    const height = below.getBoundingClientRect().top - above.getBoundingClientRect().bottom;
    if (count > 0 && height > 0) rowHeight = height / count;
  }

  /** `id`: only of a row that is rendered. `top`: in the window, in pixels. */
  function firstInSight(): { place: number; id: string | undefined; top: number } {
    const { top } = element.getBoundingClientRect();
    const place = placeAt(top);
    return { place, id: allRows()[place - from]?.dataset.id, top: heightOf(place) };
  }

  function content(): TemplateResult {
    const labels = {
      pinned: l10n.t('Pinned'),
      today: l10n.t('Today'),
      yesterday: l10n.t('Yesterday'),
    };
    const now = Date.now();
    const groups = groupEntries(firstShown(entries, limit), now, { labels, times });
    let position = from;
    const row = (entry: HistoryEntry) =>
      entryRow(entry, {
        place: { position: ++position, total },
        times,
        now,
        actions,
        renameField: entry.id === renaming?.id ? renaming.field : undefined,
      });
    return html`${above}${repeat(
      groups,
      ({ label }) => label,
      ({ label, entries: members }, index) => html`<section class="history-group">
        <h2 id="history-group-${index}">${label}</h2>
        <ul aria-labelledby="history-group-${index}">${repeat(members, ({ id }) => id, row)}</ul>
      </section>`,
    )}${below}`;
  }

  function allRows(): HTMLElement[] {
    return Array.from(element.querySelectorAll<HTMLElement>('.history-entry'));
  }

  function rowOf(id: string | undefined): HTMLElement | undefined {
    return allRows().find(({ dataset }) => dataset.id === id);
  }

  function moreOf(id: string | undefined): HTMLElement | null | undefined {
    return rowOf(id)?.querySelector<HTMLElement>('.history-more');
  }

  function endRename({ id }: HistoryEntry, { title, byKey }: RenameEnd): void {
    renaming = undefined;
    if (title !== undefined) post({ type: 'history-rename', id, title });
    draw();
    if (byKey) rows.focusOn(id);
  }

  function run(action: HistoryAction, { id }: HistoryEntry): void {
    post({ type: 'history-run', action, id });
  }
}

/** Pinned ones first, wherever they stand, since that is where they are shown. */
function firstShown(entries: readonly HistoryEntry[], limit: number): readonly HistoryEntry[] {
  if (limit >= entries.length) return entries;
  const pinned = entries.filter((entry) => entry.pinned);
  return [...pinned, ...entries.filter((entry) => !entry.pinned)].slice(0, limit);
}
