/** What stands around the list of conversations: title, buttons, search, the choice of folders, and the way back. */

import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import { formatString, type PanelStrings } from '../../common/panelStrings.ts';

export interface PageModel {
  strings: PanelStrings;
  /** The search field and the list, which live longer than any rendering. */
  field: HTMLElement;
  list: HTMLElement;
  query: string;
  /** How many entries the list shows; `undefined` before the host has answered. */
  count: number | undefined;
  /** Whether there is a choice of folders, and which was made. */
  choice: 'none' | 'all' | 'here';
  deleted?: { id: string; title: string };
}

export interface PageActions {
  close(): void;
  importFile(): void;
  newChat(): void;
  choose(choice: 'all' | 'here'): void;
  undo(): void;
}

export function historyPage(model: PageModel, actions: PageActions): TemplateResult {
  const { strings, field, list, deleted } = model;
  return html`
    <div class="history-header">
      ${iconButton({ icon: 'arrow-left', label: strings['history.back'], onClick: actions.close, className: 'history-back' })}
      <h1>${strings['history.title']}</h1>
      ${iconButton({ icon: 'folder-opened', label: strings['history.import'], onClick: actions.importFile, className: 'history-import' })}
      ${iconButton({ icon: 'add', label: strings['history.new'], onClick: actions.newChat, className: 'history-new' })}
    </div>
    <div class="history-tools">
      <div class="history-search-place">${icon('search')}${field}</div>
      ${model.choice === 'none' ? nothing : folderChoice(model.choice, strings, actions)}
    </div>
    ${list}
    ${model.count === 0 ? emptyState(model, actions) : nothing}
    <div class="visually-hidden" role="status">${model.query === '' || model.count === undefined ? '' : found(model.count, strings)}</div>
    <div class="history-undo-place" role="status">${
      deleted
        ? html`<div class="history-undo">
            <span dir="auto">${formatString(strings['history.deleted'], deleted.title)}</span>
            <button type="button" class="link-button" @click=${actions.undo}>${strings['history.undo']}</button>
          </div>`
        : nothing
    }</div>
  `;
}

function folderChoice(chosen: 'all' | 'here', strings: PanelStrings, actions: PageActions): TemplateResult {
  const button = (choice: 'all' | 'here') => html`<button type="button" class="history-choice"
    aria-pressed=${choice === chosen ? 'true' : 'false'} @click=${() => actions.choose(choice)}
  >${strings[`history.${choice}`]}</button>`;
  return html`<div class="history-choices" role="group" aria-label=${strings['history.folders']}>
    ${button('here')}${button('all')}
  </div>`;
}

function emptyState({ query, choice, strings }: PageModel, actions: PageActions): TemplateResult {
  const sentence =
    query.trim() !== ''
      ? formatString(strings['history.notFound'], query.trim())
      : strings[choice === 'here' ? 'history.noneHere' : 'history.none'];
  return html`<div class="history-empty">
    ${icon(query.trim() === '' ? 'comment-discussion' : 'search')}
    <p dir="auto">${sentence}</p>
    ${
      choice === 'here'
        ? html`<button type="button" class="link-button" @click=${() => actions.choose('all')}>${strings['history.showAll']}</button>`
        : nothing
    }
  </div>`;
}

function found(count: number, strings: PanelStrings): string {
  return count === 0 ? strings['find.none'] : formatString(strings['history.found'], count);
}
