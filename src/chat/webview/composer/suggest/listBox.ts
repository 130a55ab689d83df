/** Renders the suggestions above the composer; the text field keeps the focus and names the active option. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { option, type Suggestion, suggestionId } from './suggestion.ts';

export interface ListView {
  label: string;
  items: readonly Suggestion[];
  /** -1: none. */
  active: number;
  /** `slow`: it takes long enough to say so. */
  state: 'ready' | 'searching' | 'slow';
  /** The files of the workspace are still being listed: more lines may come. */
  isPartial: boolean;
  choose(index: number): void;
}

export interface ListBox {
  show(view: ListView): void;
  hide(): void;
}

const listId = 'suggestions';

/** Fills `root`, which is hidden at first, and describes it to screen readers at `area`. */
export function createListBox(root: HTMLElement, area: HTMLTextAreaElement): ListBox {
  const status = document.createElement('div');
  status.className = 'visually-hidden';
  status.setAttribute('aria-live', 'polite');
  const box = document.createElement('div');
  box.className = 'suggestions';
  box.hidden = true;
  root.append(box, status);
  // The focus stays in the text field.
  box.addEventListener('mousedown', (event) => event.preventDefault());

  function show(view: ListView): void {
    const { items, active, state, isPartial } = view;
    if (box.hidden) {
      const room = root.getBoundingClientRect().top;
      box.style.setProperty('--room', `${Math.floor(room)}px`);
      box.hidden = false;
    }
    const line = isPartial
      ? l10n.t('Listing files…')
      : items.length > 0 || state === 'searching'
        ? ''
        : state === 'slow'
          ? l10n.t('Searching…')
          : l10n.t('Nothing found');
    render(
      html`<div id=${listId} class="suggestion-list ${state === 'slow' ? 'old' : ''}" role="listbox"
          aria-label=${view.label} ?hidden=${items.length === 0}>${items.map((suggestion, index) =>
            option({ suggestion, index, active: index === active, choose: () => view.choose(index) }),
          )}</div>
        ${line === '' ? nothing : html`<div class="empty">${line}</div>`}`,
      box,
    );
    box.classList.toggle('bare', items.length === 0 && line === '');
    document.getElementById(suggestionId(active))?.scrollIntoView({ block: 'nearest' });
    describeField(items.length > 0, active);
    // Counts of what is found so far would be read out over and over.
    if (state === 'ready') status.textContent = isPartial ? l10n.t('Listing files…') : countOf(items.length);
  }

  function describeField(expanded: boolean, active: number): void {
    // No `combobox`: the specification has none of several lines. A text box may name an active line all the same.
    area.setAttribute('aria-autocomplete', 'list');
    area.setAttribute('aria-haspopup', 'listbox');
    area.setAttribute('aria-controls', listId);
    if (expanded && active >= 0) area.setAttribute('aria-activedescendant', suggestionId(active));
    else area.removeAttribute('aria-activedescendant');
  }

  function hide(): void {
    if (box.hidden) return;
    box.hidden = true;
    render(nothing, box);
    status.textContent = '';
    // Without a list it is a plain text field of several lines again.
    for (const name of ['aria-autocomplete', 'aria-haspopup', 'aria-controls']) area.removeAttribute(name);
    area.removeAttribute('aria-activedescendant');
  }

  return { show, hide };
}

function countOf(count: number): string {
  if (count === 0) return l10n.t('Nothing found');
  return count === 1 ? l10n.t('{0} suggestion', count) : l10n.t('{0} suggestions', count);
}
