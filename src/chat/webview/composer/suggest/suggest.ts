/** Completes the draft: `#` suggests things to attach, `/` at the start suggests commands. */

import * as l10n from '@vscode/l10n';
import { createImeGuard } from '../../../../ui/webview/imeGuard.ts';
import { removeWord, replaceText } from '../../../../ui/webview/replaceText.ts';
import type { CommandChoice } from '../../../common/protocol.ts';
import type { Post } from '../../host.ts';
import { filterCommands } from './commandFilter.ts';
import { type ContextSearch, createContextSearch } from './contextSearch.ts';
import { createListBox } from './listBox.ts';
import { moveActive } from './moveActive.ts';
import { type Suggestion, suggestionOf } from './suggestion.ts';
import { findTrigger, opensList, type Trigger } from './trigger.ts';
import { watchText } from './watchText.ts';

export interface Suggest {
  /** What the open list offers. */
  readonly open: Trigger['kind'] | undefined;
  /** Opens the list of what can be attached, as `#` does, or closes it. */
  toggleContext(): void;
  /** The commands may be others now. */
  update(): void;
  /** Takes what the host found. */
  showResults: ContextSearch['receive'];
  close(): void;
}

export interface SuggestOptions {
  area: HTMLTextAreaElement;
  /** Where the list goes: it opens above this. */
  place: HTMLElement;
  post: Post;
  /** What is in the field. */
  text(): string;
  /** `undefined` before the first state. */
  current(): { commands: readonly CommandChoice[] } | undefined;
  onToggle(): void;
}

/** Milliseconds after which a search says that it is at work. */
const slowAfter = 150;

/** Must be made after whatever keeps `text` up to date, and takes its keys before all others. */
export function createSuggest({ area, place, post, text, current, onToggle }: SuggestOptions): Suggest {
  const ime = createImeGuard(area);
  const box = createListBox(place, area);
  const search = createContextSearch(post, showResults);
  let trigger: Trigger | undefined;
  /** Where the user closed the list, until the sign is gone. */
  let dismissed: number | undefined;
  /** No command matched what is typed; one that comes later may. */
  let unmatched = false;
  /** The sign was put there by the button, and goes again when nothing is chosen. */
  let borrowed = false;
  let items: readonly Suggestion[] = [];
  let state: 'ready' | 'searching' | 'slow' = 'ready';
  /** The files of the workspace are still being listed. */
  let isPartial = false;
  let active = 0;
  /** The user moved to the active line, which then stays active. */
  let hasMoved = false;
  /** Chosen before the answer to what is typed was there; `id` absent: the first line. */
  let early: { id?: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  watchText(area, {
    onInput: follow,
    onCaret() {
      if (trigger) follow('');
    },
  });
  area.addEventListener('keydown', onKey, true);
  area.addEventListener('blur', () => close());

  /** The text or the caret is elsewhere now. */
  function follow(inputType: string): void {
    const found =
      area.selectionStart === area.selectionEnd ? findTrigger(text(), area.selectionStart) : undefined;
    if (found?.start !== dismissed) dismissed = undefined;
    unmatched = false;
    if (!found || dismissed !== undefined) close();
    else if (trigger?.kind === found.kind && trigger.start === found.start) {
      if (trigger.query !== found.query) ask(found);
    } else if (opensList(inputType, found)) ask(found);
    else close();
  }

  function ask(next: Trigger): void {
    const now = current();
    if (!now) return;
    const opening = trigger?.kind !== next.kind;
    trigger = next;
    early = undefined;
    hasMoved = false;
    // A number alone may be that of an issue: Enter sends it.
    active = next.kind === 'context' && /^\d+$/.test(next.query) ? -1 : 0;
    if (opening) items = [];
    if (opening || next.kind === 'command') isPartial = false;
    if (next.kind === 'command') {
      items = filterCommands(now.commands, next.query).map(suggestionOf);
      // A path begins with a slash as well.
      unmatched = items.length === 0;
      if (unmatched) {
        close();
        return;
      }
      settle();
    } else {
      state = state === 'slow' ? 'slow' : 'searching';
      timer ??= setTimeout(() => {
        state = 'slow';
        draw();
      }, slowAfter);
      search.search(next.query);
    }
    draw();
    if (opening) onToggle();
  }

  function showResults(results: readonly Suggestion[], mayFollow: boolean): void {
    if (trigger?.kind !== 'context') return;
    const kept = items[active]?.id;
    if (active > 0 || (active === 0 && hasMoved))
      active = Math.max(
        0,
        results.findIndex(({ id }) => id === kept),
      );
    items = results;
    isPartial = mayFollow;
    settle();
    const wanted = early;
    early = undefined;
    draw();
    if (wanted) choose(wanted.id === undefined ? 0 : items.findIndex(({ id }) => id === wanted.id));
  }

  function settle(): void {
    state = 'ready';
    clearTimeout(timer);
    timer = undefined;
  }

  function draw(): void {
    const now = current();
    if (!now || !trigger) return;
    const label = trigger.kind === 'context' ? l10n.t('Context to add') : l10n.t('Commands');
    box.show({ label, items, active, state, isPartial, choose: chooseOrWait });
  }

  function close(): void {
    if (!trigger) return;
    const { start, query } = trigger;
    trigger = undefined;
    early = undefined;
    items = [];
    settle();
    search.stop();
    box.hide();
    const unused = borrowed && query === '' && text()[start] === '#';
    borrowed = false;
    if (unused) removeWord(area, text(), [start, start + 1]);
    onToggle();
  }

  function chooseOrWait(index: number): void {
    if (state === 'ready') choose(index);
    // The host knows the lines of its newest answer alone.
    else early = { id: items[index]?.id };
  }

  function choose(index: number): void {
    const item = items[index];
    if (!trigger || !item) return;
    const { kind, start, query } = trigger;
    borrowed = false;
    close();
    const end = start + 1 + query.length;
    if (kind === 'context') {
      removeWord(area, text(), [start, end]);
      post({ type: 'context-pick', id: item.id });
    } else {
      const spaced = /^\s/.test(text().slice(end, end + 1));
      replaceText(area, [start, end], spaced ? item.label : `${item.label} `);
    }
    dismissed = undefined;
    area.focus();
  }

  function onKey(event: KeyboardEvent): void {
    if (!trigger || ime.owns(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !act(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Whether the key was for the list. */
  function act(key: string): boolean {
    const moved = moveActive(key, active, items.length);
    if (key === 'Escape') {
      dismissed = trigger?.start;
      close();
    } else if (key === 'Enter' || key === 'Tab') {
      if (state !== 'ready' && active !== -1) {
        // Before the user moved, Enter means the best answer to what is typed.
        early = active > 0 ? { id: items[active]?.id } : {};
        return true;
      }
      if (items.length === 0 || active === -1) {
        close();
        return false;
      }
      choose(active);
    } else if (moved !== undefined) {
      early = undefined;
      active = moved;
      hasMoved = true;
      draw();
    } else return false;
    return true;
  }

  return {
    get open() {
      return trigger?.kind;
    },
    toggleContext() {
      if (trigger?.kind === 'context') {
        close();
        return;
      }
      area.focus();
      const caret = area.selectionEnd;
      // Behind a letter it would not begin a word.
      const glued = !findTrigger(`${text().slice(0, caret)}#`, caret + 1);
      dismissed = undefined;
      replaceText(area, [caret, caret], glued ? ' #' : '#');
      follow('insertText');
      borrowed = trigger !== undefined;
    },
    update() {
      const late = unmatched && area.ownerDocument.activeElement === area;
      const typed = trigger ?? (late ? findTrigger(text(), area.selectionStart) : undefined);
      if (typed?.kind === 'command') ask(typed);
    },
    showResults: search.receive,
    close,
  };
}
