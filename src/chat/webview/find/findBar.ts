/** Finds a text in the whole conversation: counts and highlights matches, and moves between them. */

import { createPace } from '../../../base/common/pace.ts';
import { createSavedFocus } from '../../../ui/webview/focus.ts';
import { createThrottle } from '../../../ui/webview/throttle.ts';
import type { HostMessage } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import { createFindField } from './findField.ts';
import { paintMatches } from './highlights.ts';
import { createLoadedTurns, type LoadedTurn } from './loadedTurns.ts';
import {
  countMatches,
  type MatchPlace,
  mergeMatches,
  ordinalOf,
  stepMatch,
  type TurnMatches,
  toPattern,
} from './matches.ts';
import { revealRange, toLiveRange } from './reveal.ts';

export interface FindBar {
  open(): void;
  /** Takes the host's results, if they are for the newest query. */
  show(results: Extract<HostMessage, { type: 'find-results' }>): void;
  /** The turns are different: asks the host again, if a query is open. */
  refresh(): void;
}

export interface FindBarOptions {
  post: Post;
  /** The scrolling box with the turns. */
  scroller: HTMLElement;
  /** Has all loaded turns in the page, and not only those near the visible part. */
  renderAll(): void;
  /** The source of a turn's reasoning. */
  reasoningOf(turnId: string): string;
}

/** Milliseconds between two questions to the host while the user types, and while the conversation grows. */
const typingInterval = 200;
const growingInterval = 1000;
/** The least milliseconds between two searches of a view whose text is changing: each reads a growing answer again. */
const rescanInterval = 400;

/** `root` is an empty, hidden element above the conversation. Ctrl+F, on a Mac Cmd+F, opens the bar from anywhere. */
export function createFindBar(
  root: HTMLElement,
  { post, scroller, renderAll, reasoningOf }: FindBarOptions,
): FindBar {
  /** The panel shows a conversation. */
  let isReady = false;
  let query = '';
  /** The host's results for the current query. */
  let found: readonly TurnMatches[] = [];
  let loaded: readonly LoadedTurn[] = [];
  let matches: readonly TurnMatches[] = [];
  let place: MatchPlace | undefined;
  /** `place` is revealed as soon as it is loaded. */
  let awaited = false;

  const focus = createSavedFocus();
  const turns = createLoadedTurns(scroller, reasoningOf);
  const field = createFindField(root, { type: search, step, close });
  const ask = () => post({ type: 'find-run', query });
  const asTyped = createThrottle<void>(typingInterval, ask);
  const asGrown = createThrottle<void>(growingInterval, ask);
  const pace = createPace(rescanInterval);
  const asChanged = createThrottle<void>(
    () => pace.waitMs,
    () => pace.run(scan),
  );
  const observer = new MutationObserver((changes) => {
    turns.invalidate(changes);
    // The requested turn was loaded, or a box was filled.
    if (awaited) requestAnimationFrame(scan);
    else asChanged.push();
  });

  document.addEventListener('keydown', (event) => {
    if (isFindKey(event)) {
      if (!show()) return;
    } else if (event.key === 'F3' && !root.hidden && !root.closest('[inert]')) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  });

  return {
    open: show,
    show(results) {
      if (root.hidden || results.query !== query) return;
      found = results.matches;
      refresh();
    },
    refresh() {
      isReady = true;
      if (!root.hidden && query.trim() !== '') asGrown.push();
    },
  };

  /** False when something else covers the conversation, or none is there yet. */
  function show(): boolean {
    if (!isReady || root.closest('[inert]')) return false;
    const selected = selectedLine(scroller);
    if (root.hidden) {
      focus.save();
      root.hidden = false;
      observer.observe(scroller, { childList: true, characterData: true, subtree: true });
    }
    draw();
    field.focus(selected);
    search(selected ?? query);
    return true;
  }

  function close(): void {
    root.hidden = true;
    observer.disconnect();
    for (const throttle of [asTyped, asGrown, asChanged]) throttle.cancel();
    // Turns may change unobserved from now on.
    loaded = [];
    awaited = false;
    paintMatches([], undefined);
    if (!focus.restore()) scroller.focus();
  }

  function search(text: string): void {
    if (text !== query) found = [];
    query = text;
    place = undefined;
    awaited = false;
    scan();
    if (query.trim() === '') {
      asTyped.cancel();
      return;
    }
    asTyped.push();
    place = nearestMatch(loaded, scroller);
    reveal();
  }

  function step(direction: 1 | -1): void {
    place = stepMatch(matches, place, direction);
    if (!place) return;
    awaited = true;
    reveal();
    // The view does not have it: the host sends that part of the conversation.
    if (awaited && !turnOf(place)) post({ type: 'turns-show', turnId: place.turnId });
  }

  /** Searches the view again. */
  function scan(): void {
    if (root.hidden) return;
    const pattern = toPattern(query);
    if (pattern) renderAll();
    loaded = pattern ? turns.find(pattern) : [];
    refresh();
    if (awaited) reveal();
  }

  function refresh(): void {
    matches = mergeMatches(found, loaded);
    const turn = place && turnOf(place);
    // The text around it changed: what was the last match of the turn may be gone.
    if (place && turn) place = { ...place, index: Math.max(0, Math.min(place.index, turn.count - 1)) };
    draw();
  }

  /** Brings `place` into sight if the view has it. */
  function reveal(): void {
    const turn = place && turnOf(place);
    const target = place && turn?.at(place.index);
    const details = turn?.element.querySelector<HTMLDetailsElement>('details.reasoning');
    if (target === 'closed') {
      awaited = true;
      if (details) details.open = true;
    } else if (target) {
      awaited = false;
      if (details?.contains(target.startContainer)) details.open = true;
      const range = toLiveRange(target);
      if (range) {
        revealRange(range);
        // Content outside the view gets its true size only when scrolled into view.
        requestAnimationFrame(() => revealRange(range));
      }
    } else if (turn) {
      // Only the Markdown source contains the text, in markup or an address.
      awaited = false;
      turn.element.scrollIntoView({ block: 'start' });
    }
    draw();
  }

  function draw(): void {
    if (root.hidden) return;
    const current = place && turnOf(place)?.at(place.index);
    paintMatches(
      loaded.flatMap(({ ranges }) => ranges),
      current === 'closed' ? undefined : current,
    );
    const ordinal = place && ordinalOf(matches, place);
    field.draw({ active: query.trim() !== '', total: countMatches(matches), ordinal });
  }

  function turnOf({ turnId }: MatchPlace): LoadedTurn | undefined {
    return loaded.find((turn) => turn.turnId === turnId);
  }
}

function isFindKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  // On a Mac, Ctrl+F moves the caret.
  const command = /Mac/.test(navigator.userAgent) ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  return command && !altKey && !shiftKey && key.toLowerCase() === 'f';
}

/** What is selected in the conversation, as long as it could have been typed. */
function selectedLine(scroller: HTMLElement): string | undefined {
  const selection = getSelection();
  const text = selection?.toString().trim() ?? '';
  const inside = selection?.anchorNode && scroller.contains(selection.anchorNode);
  return inside && text !== '' && text.length <= 200 && !text.includes('\n') ? text : undefined;
}

/** The first match at or below the upper edge of the view, else the last one above. */
function nearestMatch(loaded: readonly LoadedTurn[], scroller: HTMLElement): MatchPlace | undefined {
  const edge = scroller.getBoundingClientRect().top;
  let above: MatchPlace | undefined;
  for (const { turnId, element, count, at } of loaded) {
    if (count === 0) continue;
    const turn = element.getBoundingClientRect();
    if (turn.top >= edge) return { turnId, index: 0 };
    if (turn.bottom > edge) {
      for (let index = 0; index < count; index++) {
        const range = at(index);
        if (range === 'closed' || (range && (toLiveRange(range)?.getBoundingClientRect().top ?? 0) >= edge))
          return { turnId, index };
      }
    }
    above = { turnId, index: count - 1 };
  }
  return above;
}
