/** The list of chats, grouped under headings, with the actions of each row. */

import * as l10n from '@vscode/l10n';
import { html, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { openMenu } from '../../../ui/webview/menu.ts';
import type { HistoryEntry } from '../../common/historyEntry.ts';
import type { HistoryAction } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import { type EntryActions, entryRow } from './entryRow.ts';
import { groupEntries } from './grouping.ts';
import { createRenameField, type RenameEnd } from './renameField.ts';
import { createRowFocus } from './rowFocus.ts';
import { createTimeFormat } from './timeFormat.ts';

export interface EntryList {
  readonly element: HTMLElement;
  /** Shows these entries; the focus stays in the list if its row is removed. */
  update(entries: readonly HistoryEntry[]): void;
  /** Scrolls back to the first rows. */
  reset(): void;
  focusFirst(): void;
  /** Focuses this entry as soon as it is in the list. */
  expect(id: string): void;
}

export interface EntryListOptions {
  post: Post;
  /** The step above the first row. */
  leaveUp(): void;
  /** A conversation was opened. */
  onOpen(): void;
}

/** Rows rendered at first, and added whenever the reader comes near the end. */
const firstRows = 30;
const moreRows = 60;

export function createEntryList({ post, leaveUp, onOpen }: EntryListOptions): EntryList {
  const element = document.createElement('div');
  element.className = 'history-list';
  const times = createTimeFormat(document.documentElement.lang || 'en');
  let entries: readonly HistoryEntry[] = [];
  let limit = firstRows;
  let renaming: { id: string; field: HTMLInputElement } | undefined;
  let expected: string | undefined;

  const rows = createRowFocus(element, {
    extend(count) {
      if (count <= limit || limit >= entries.length) return;
      limit = count;
      draw();
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

  element.addEventListener('contextmenu', (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.history-entry') : null;
    const more = row && moreOf(row.dataset.id);
    if (!more) return;
    event.preventDefault();
    more.click();
  });
  element.addEventListener('scroll', grow, { passive: true });
  // A tall panel has room for more rows than the first ones.
  new ResizeObserver(grow).observe(element);

  return {
    element,
    update(next) {
      entries = next;
      if (!next.some(({ id }) => id === renaming?.id)) renaming = undefined;
      const index = next.findIndex(({ id }) => id === expected);
      if (index !== -1) limit = Math.max(limit, next.length);
      draw();
      if (expected !== undefined && index !== -1 && rows.focusOn(expected)) expected = undefined;
    },
    reset() {
      limit = firstRows;
      expected = undefined;
      renaming = undefined;
      element.scrollTop = 0;
    },
    focusFirst: () => void rows.focusAt(0),
    expect(id) {
      expected = id;
    },
  };

  function grow(): void {
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (left > element.clientHeight || limit >= entries.length) return;
    limit += moreRows;
    draw();
  }

  function draw(): void {
    const focused = element.contains(document.activeElement) ? rows.active : undefined;
    render(content(), element);
    rows.refresh();
    if (!focused || element.contains(document.activeElement)) return;
    if (!rows.focusOn(focused.id) && !rows.focusAt(focused.index)) leaveUp();
  }

  function content(): TemplateResult {
    const labels = {
      pinned: l10n.t('Pinned'),
      today: l10n.t('Today'),
      yesterday: l10n.t('Yesterday'),
    };
    const now = Date.now();
    const groups = groupEntries(firstShown(entries, limit), now, { labels, times });
    const row = (entry: HistoryEntry) =>
      entryRow(entry, {
        times,
        now,
        actions,
        renameField: entry.id === renaming?.id ? renaming.field : undefined,
      });
    return html`${repeat(
      groups,
      ({ label }) => label,
      ({ label, entries: members }, index) => html`<section class="history-group">
        <h2 id="history-group-${index}">${label}</h2>
        <ul aria-labelledby="history-group-${index}">${repeat(members, ({ id }) => id, row)}</ul>
      </section>`,
    )}`;
  }

  function moreOf(id: string | undefined): HTMLElement | null | undefined {
    const row = Array.from(element.querySelectorAll<HTMLElement>('.history-entry')).find(
      ({ dataset }) => dataset.id === id,
    );
    return row?.querySelector<HTMLElement>('.history-more');
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
