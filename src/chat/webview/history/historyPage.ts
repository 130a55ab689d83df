/** Renders the history page around its list: title, buttons, search, and choice of folders. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton } from '../../../ui/webview/dom.ts';

export interface PageModel {
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
  const { field, list, deleted } = model;
  return html`
    <div class="history-header">
      ${iconButton({ icon: 'arrow-left', label: l10n.t('Back (Esc)'), onClick: actions.close, className: 'history-back' })}
      <h1>${l10n.t('Chats')}</h1>
      ${iconButton({ icon: 'folder-opened', label: l10n.t('Import Chats…'), onClick: actions.importFile, className: 'history-import' })}
      ${iconButton({ icon: 'add', label: l10n.t('New Chat'), onClick: actions.newChat, className: 'history-new' })}
    </div>
    <div class="history-tools">
      <div class="history-search-place">${icon('search')}${field}</div>
      ${model.choice === 'none' ? nothing : folderChoice(model.choice, actions)}
    </div>
    ${list}
    ${model.count === 0 ? emptyState(model, actions) : nothing}
    <div class="visually-hidden" role="status">${model.query === '' || model.count === undefined ? '' : found(model.count)}</div>
    <div class="history-undo-place" role="status">${
      deleted
        ? html`<div class="history-undo">
            <span dir="auto">${l10n.t('Deleted “{0}”', deleted.title)}</span>
            <button type="button" class="link-button" @click=${actions.undo}>${l10n.t('Undo')}</button>
          </div>`
        : nothing
    }</div>
  `;
}

function folderChoice(chosen: 'all' | 'here', actions: PageActions): TemplateResult {
  const button = (choice: 'all' | 'here', label: string) => html`<button type="button" class="history-choice"
    aria-pressed=${choice === chosen ? 'true' : 'false'} @click=${() => actions.choose(choice)}
  >${label}</button>`;
  return html`<div class="history-choices" role="group" aria-label=${l10n.t('Folders')}>
    ${button('here', l10n.t('This Folder'))}${button('all', l10n.t('All Folders'))}
  </div>`;
}

function emptyState({ query, choice }: PageModel, actions: PageActions): TemplateResult {
  const sentence =
    query.trim() !== ''
      ? l10n.t('Nothing found for “{0}”', query.trim())
      : choice === 'here'
        ? l10n.t('No chats in this folder')
        : l10n.t('No chats yet');
  return html`<div class="history-empty">
    ${icon(query.trim() === '' ? 'comment-discussion' : 'search')}
    <p dir="auto">${sentence}</p>
    ${
      choice === 'here'
        ? html`<button type="button" class="link-button" @click=${() => actions.choose('all')}>${l10n.t('Show All Folders')}</button>`
        : nothing
    }
  </div>`;
}

function found(count: number): string {
  return count === 0 ? l10n.t('No results') : l10n.t('{0} chats found', count);
}
