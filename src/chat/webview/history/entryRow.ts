/** Renders one chat of the list: title, time, number of questions, match of a search, buttons. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { markHidden } from '../../../base/common/hiddenText.ts';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { HistoryEntry } from '../../common/historyEntry.ts';
import type { TimeFormat } from './timeFormat.ts';

export interface EntryContext {
  /** Its number in the whole list, from 1, and how many there are: most are not on the page. */
  place: { position: number; total: number };
  times: TimeFormat;
  /** Milliseconds since the epoch. */
  now: number;
  /** The field in the place of the title, while this entry is being renamed. */
  renameField?: HTMLElement;
  actions: EntryActions;
}

export interface EntryActions {
  open(entry: HistoryEntry): void;
  rename(entry: HistoryEntry): void;
  togglePin(entry: HistoryEntry): void;
  remove(entry: HistoryEntry): void;
  /** Opens the menu of what else can be done, at this button. */
  more(entry: HistoryEntry, button: HTMLButtonElement): void;
}

/**
 * Buttons start outside the tab order: `rowFocus.ts` lets in those of one row at a time. A conversation that can't be
 * opened keeps its main button, so that the keyboard reaches it and a screen reader reads why.
 */
export function entryRow(entry: HistoryEntry, context: EntryContext): TemplateResult {
  const { times, now, renameField, actions, place } = context;
  const describedBy = `history-about-${entry.id}`;
  return html`<li class="history-entry" data-id=${entry.id} data-state=${entry.state}
    aria-posinset=${place.position} aria-setsize=${place.total}>
    <span class="history-icon">${entryIcon(entry)}</span>
    <div class="history-body">
      ${
        renameField ??
        html`<button type="button" class="history-open" tabindex="-1" title=${entry.title}
          aria-describedby=${describedBy} aria-disabled=${entry.state === 'newer' ? 'true' : nothing}
          @click=${() => actions.open(entry)}><span dir="auto">${entry.title}</span></button>`
      }
      <div class="history-line">
        <span class="history-about" id=${describedBy}>
          ${entry.running ? html`<span>${l10n.t('Answering…')}</span>` : nothing}
          ${stateInWords(entry)}
          <time datetime=${new Date(entry.updatedAt).toISOString()} title=${times.full(entry.updatedAt)}
            >${times.ago(entry.updatedAt, now)}</time>
          ${entry.here || entry.workspace === '' ? nothing : html`<span class="history-folder" dir="auto">${entry.workspace}</span>`}
          ${entry.state === 'ok' ? html`<span>${questions(entry.turns)}</span>` : nothing}
          ${entry.pinned ? html`<span class="visually-hidden">${l10n.t('Pinned')}</span>` : nothing}
        </span>
        <span class="history-actions">${renameField ? nothing : entryButtons(entry, actions)}</span>
      </div>
      ${entry.match ? snippet(entry.match) : nothing}
    </div>
  </li>`;
}

function entryIcon({ state, running, pinned }: HistoryEntry): TemplateResult {
  if (state === 'damaged') return icon('warning');
  if (state === 'newer') return icon('versions');
  if (running) return icon('loading codicon-modifier-spin');
  return icon(pinned ? 'pinned' : 'comment');
}

function stateInWords({ state }: HistoryEntry): TemplateResult | typeof nothing {
  if (state === 'ok') return nothing;
  const words =
    state === 'damaged'
      ? l10n.t('Damaged. Can be exported up to its last good line.')
      : l10n.t('Written by a newer version of Qiao. Update to open it.');
  return html`<span class="history-state">${words}</span>`;
}

function questions(count: number): string {
  return count === 1 ? l10n.t('1 question') : l10n.t('{0} questions', count);
}

function entryButtons(entry: HistoryEntry, actions: EntryActions): TemplateResult | typeof nothing {
  if (entry.state === 'newer') return nothing;
  const more = html`<button type="button" class="icon-button history-more" tabindex="-1"
    aria-label=${l10n.t('More Actions…')} aria-haspopup="menu" aria-expanded="false"
    @click=${({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLButtonElement) actions.more(entry, currentTarget);
    }}>${icon('ellipsis')}</button>`;
  if (entry.state === 'damaged') return more;
  const button = (name: string, label: string, run: (entry: HistoryEntry) => void) =>
    iconButton({ icon: name, label, onClick: () => run(entry), tabIndex: -1 });
  return html`
    ${button('edit', l10n.t('Rename (F2)'), actions.rename)}
    ${button(entry.pinned ? 'pin' : 'pinned', entry.pinned ? l10n.t('Unpin') : l10n.t('Pin'), actions.togglePin)}
    ${button('trash', l10n.t('Delete (Del)'), actions.remove)}
    ${more}
  `;
}

/** The line starts shortly before the found part, or a narrow panel would not show it. */
function snippet({ text, start, end }: NonNullable<HistoryEntry['match']>): TemplateResult {
  const lead = 8;
  // Cut between characters, never through one.
  const before = Array.from(text.slice(0, start));
  const shown = before.length > lead ? `…${before.slice(-lead).join('')}` : before.join('');
  return html`<div class="history-match" dir="auto">${markHidden(shown)}<mark>${markHidden(text.slice(start, end))}</mark>${markHidden(text.slice(end))}</div>`;
}
