/** Searches the shown records, hidden list rows included, and steps through the matches. */

import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import { paintMatches } from '../../chat/webview/find/highlights.ts';
import { iconButton } from '../../ui/webview/dom.ts';
import { createImeGuard } from '../../ui/webview/imeGuard.ts';
import { createSearchField, onText } from '../../ui/webview/textField.ts';
import type { LongList } from './longList.ts';

export interface SearchPlace {
  /** Searched in the DOM, except for the lists in it. */
  element: HTMLElement;
  lists: readonly { texts: readonly string[]; list: LongList }[];
}

export interface SearchBar {
  readonly element: HTMLElement;
  /** Searches again after the page has changed. */
  refresh(): void;
  focus(): void;
}

type Match = { range: Range } | { list: LongList; index: number };

export function createSearchBar(places: () => readonly SearchPlace[]): SearchBar {
  const element = document.createElement('div');
  element.className = 'search-bar';
  element.role = 'search';
  const field = createSearchField('search-text');
  const ime = createImeGuard(field);
  let matches: Match[] = [];
  let at = -1;

  function find(): void {
    const query = field.value.toLowerCase();
    matches = query === '' ? [] : places().flatMap((place) => findIn(place, query));
    at = Math.min(at, matches.length - 1);
  }

  function paint(): void {
    const ranges = matches.flatMap((match) => ('range' in match ? [match.range] : []));
    const current = matches[at];
    let here = current && 'range' in current ? current.range : undefined;
    if (current && 'list' in current) {
      [here] = rangesIn(current.list.detail, field.value.toLowerCase());
      if (here) ranges.push(here);
    }
    paintMatches(ranges, here);
  }

  function step(by: 1 | -1): void {
    if (matches.length === 0) return;
    at = at < 0 ? (by > 0 ? 0 : matches.length - 1) : (at + by + matches.length) % matches.length;
    const match = matches[at];
    if (match && 'list' in match) {
      match.list.reveal(match.index);
      match.list.element.scrollIntoView({ block: 'nearest' });
    } else match?.range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    paint();
    if (match && 'range' in match) showRange(match.range);
    draw();
  }

  function draw(): void {
    field.placeholder = l10n.t('Search in everything below');
    field.ariaLabel = l10n.t('Search in everything below');
    const none = matches.length === 0;
    const position = at < 0 ? '?' : (at + 1).toLocaleString();
    const count = none ? l10n.t('No match') : l10n.t('{0} of {1}', position, matches.length.toLocaleString());
    render(
      html`${field}<span class="search-count" role="status">${field.value === '' ? '' : count}</span>
        ${iconButton({ icon: 'arrow-up', label: l10n.t('Previous Match'), disabled: none, onClick: () => step(-1) })}
        ${iconButton({ icon: 'arrow-down', label: l10n.t('Next Match'), disabled: none, onClick: () => step(1) })}`,
      element,
    );
  }

  onText(field, () => {
    at = -1;
    find();
    paint();
    draw();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || ime.owns(event)) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  });
  return {
    element,
    refresh() {
      find();
      paint();
      draw();
    },
    focus: () => field.select(),
  };
}

function findIn({ element, lists }: SearchPlace, query: string): Match[] {
  const inPage = rangesIn(element, query).map((range) => ({ range }));
  const inLists = lists.flatMap(({ texts, list }) =>
    texts.flatMap((text, index) => (text.toLowerCase().includes(query) ? [{ list, index }] : [])),
  );
  return [...inPage, ...inLists];
}

/** The matches in an element's text; lists are searched as data. */
function rangesIn(root: HTMLElement, query: string): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const skipped = node.parentElement?.closest('.long-list, vscode-button, button, [hidden]');
    if (skipped && skipped !== root && !root.matches('.detail')) continue;
    const text = node.nodeValue?.toLowerCase() ?? '';
    for (let place = text.indexOf(query); place >= 0; place = text.indexOf(query, place + query.length)) {
      // Some letters change their length in lower case, so a match may end past the text.
      if (place + query.length > (node.nodeValue?.length ?? 0)) break;
      const range = document.createRange();
      range.setStart(node, place);
      range.setEnd(node, place + query.length);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Scrolls a `pre` that contains the match. */
function showRange(range: Range): void {
  const box = range.startContainer.parentElement?.closest('pre');
  if (!box) return;
  const { top, bottom } = range.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) box.scrollTop += top - frame.top - frame.height / 3;
}
