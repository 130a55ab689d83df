/** Shows the history over the rest of the panel: opens, closes, searches, and manages the focus. */

import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import { takeKey } from '../../../ui/webview/dom.ts';
import { createSavedFocus, focusText } from '../../../ui/webview/focus.ts';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';
import { createSearchField, onText } from '../../../ui/webview/textField.ts';
import { createThrottle } from '../../../ui/webview/throttle.ts';
import type { HostMessage } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import { createEntryList } from './entryList.ts';
import { historyPage, type PageActions } from './historyPage.ts';

export interface HistoryView {
  open(): void;
  /** Takes the list, if it is of the newest query. */
  show(list: HistoryList): void;
  /** Requests the list again, after a new snapshot. */
  refresh(): void;
  /** Closes the view without moving the focus. */
  close(): void;
}

export interface HistoryViewOptions {
  post: Post;
  focusComposer(): void;
}

type HistoryList = Extract<HostMessage, { type: 'history-list' }>;

/** Milliseconds between two `history-search` events. */
const searchInterval = 150;
/** Milliseconds after which “5 minutes ago” is told anew. */
const clockInterval = 60_000;

/** `root` is an empty, hidden child of the panel; its siblings rest while the view is open. */
export function createHistoryView(
  root: HTMLElement,
  { post, focusComposer }: HistoryViewOptions,
): HistoryView {
  let isOpen = false;
  let query = '';
  let choice: 'all' | 'here' = 'all';
  let received: HistoryList | undefined;
  let clock: ReturnType<typeof setInterval> | undefined;

  const focus = createSavedFocus();
  root.tabIndex = -1;
  const page = document.createElement('div');
  page.className = 'history-page';
  root.append(page);
  const field = createSearchField('history-search');
  const list = createEntryList({
    post,
    leaveUp: () => field.focus(),
    onOpen: () => close('composer'),
    request: (from) => ask(from),
  });
  const search = createThrottle<void>(searchInterval, () => ask());
  const ime = createImeGuard(field);

  onText(field, searchFor);
  field.addEventListener('keydown', (event) => {
    if (ime.owns(event)) return event.stopPropagation();
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      takeKey(event);
      list.focusFirst();
    } else if (event.key === 'Escape' && field.value !== '') {
      takeKey(event);
      field.value = '';
      searchFor('');
    }
  });
  root.addEventListener('keydown', (event) => {
    const inField = event.target instanceof HTMLInputElement;
    const undoes = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !inField;
    if (event.key === 'Escape') close('back');
    else if (undoes) actions.undo();
    else return;
    takeKey(event);
  });

  const actions: PageActions = {
    close: () => close('back'),
    importFile: () => post({ type: 'history-import' }),
    newChat() {
      post({ type: 'chat-new' });
      close('composer');
    },
    choose(next) {
      choice = next;
      list.reset();
      ask();
      draw();
    },
    undo() {
      if (!received?.deleted) return;
      list.expect(received.deleted.id);
      post({ type: 'history-run', action: 'undelete', id: received.deleted.id });
      // The button goes away; until the conversation is back the focus needs a place.
      field.focus();
    },
  };

  return {
    open,
    show(list) {
      // The result of an older query.
      if (!isOpen || list.query.trim() !== query.trim()) return;
      // The host has not heard yet that all folders are wanted.
      if (list.here && choice === 'all') return;
      received = list;
      draw();
    },
    refresh() {
      if (!isOpen) return;
      ask(list.from);
      draw();
    },
    close: () => close('nowhere'),
  };

  function open(): void {
    if (!isOpen) {
      isOpen = true;
      focus.save();
      setInert(true);
      root.hidden = false;
      query = '';
      field.value = '';
      list.reset();
      draw();
      ask();
      clock = setInterval(draw, clockInterval);
    }
    focusText(field);
  }

  function close(to: 'back' | 'composer' | 'nowhere'): void {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(clock);
    search.cancel();
    post({ type: 'history-close' });
    root.hidden = true;
    received = undefined;
    setInert(false);
    if (to === 'nowhere' || (to === 'back' && focus.restore())) return;
    focusComposer();
  }

  function setInert(inert: boolean): void {
    for (const sibling of root.parentElement?.children ?? [])
      if (sibling !== root) sibling.toggleAttribute('inert', inert);
  }

  function searchFor(text: string): void {
    query = text;
    list.reset();
    search.push();
  }

  /** Requests the list from entry number `from` on. */
  function ask(from = 0): void {
    const here = choice === 'here' && { here: true };
    post({ type: 'history-search', query, ...here, ...(from > 0 && { from }) });
  }

  function draw(): void {
    field.placeholder = l10n.t('Search chats');
    field.setAttribute('aria-label', l10n.t('Search chats'));
    const all = received?.entries ?? [];
    const elsewhere = received?.elsewhere ?? all.some(({ here }) => !here);
    // A made choice stays visible, so that the user can undo it.
    const offered = elsewhere || choice === 'here';
    const entries = choice === 'here' ? all.filter(({ here }) => here) : all;
    // Until the host has heard of the choice, what it sent is told by itself.
    const isPart = received?.total !== undefined && (received.here ?? false) === (choice === 'here');
    const { from = 0, total = entries.length } = (isPart && received) || {};
    list.update({ entries, from, total });
    const count = received && total;
    const deleted = received?.deleted;
    const model = {
      field,
      list: list.element,
      query,
      count,
      choice: offered ? choice : 'none',
      deleted,
    } as const;
    render(historyPage(model, actions), page);
  }
}
