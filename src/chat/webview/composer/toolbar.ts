/** Renders the toolbar below the draft: attach, model, settings, context, Stop and Send. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { ComposerState, ContextView, ConversationView } from '../../common/protocol.ts';
import { contextButton } from './contextMeter.ts';

export interface ToolbarState {
  composer: ComposerState;
  conversation: ConversationView;
  context?: ContextView;
  /** Nothing to send. */
  empty: boolean;
  /** The list of what can be attached is open. */
  adding: boolean;
}

export interface ToolbarActions {
  /** Opens that list, or closes it. */
  add(): void;
  stop(): void;
  submit(): void;
  /** Each opens a box for its button, which is passed, or closes it. */
  toggleModels(event: Event): void;
  toggleParameters(event: Event): void;
  toggleContext(event: Event): void;
}

export function toolbar(state: ToolbarState, actions: ToolbarActions): TemplateResult {
  const { composer, conversation, context, empty, adding } = state;
  const { running, systemPrompt } = conversation;
  const changed =
    systemPrompt !== '' || Object.values(composer.parameters).some((value) => value !== undefined);
  const modelLabel = l10n.t('Choose Model: {0}', composer.modelName);
  return html`
    <button type="button" class="icon-button" aria-label=${l10n.t('Add Context… (#)')}
      aria-description=${l10n.t('Or drop files here with Shift held, or paste an image.')} aria-haspopup="listbox" aria-expanded=${adding ? 'true' : 'false'}
      @mousedown=${keepFocus} @click=${actions.add}>${icon('add')}</button>
    <button type="button" class="model-button" aria-label=${modelLabel}
      aria-haspopup="dialog" aria-expanded="false" @click=${actions.toggleModels}>
      <span>${composer.modelName}</span>${icon('chevron-down')}
    </button>
    <button type="button" class="icon-button parameters-button ${changed ? 'changed' : ''}"
      aria-label=${l10n.t('Parameters and System Prompt')} aria-haspopup="dialog"
      aria-expanded="false" @click=${actions.toggleParameters}>${icon('settings')}</button>
    ${context ? contextButton(context, actions.toggleContext) : nothing}
    <span class="toolbar-end">${
      running
        ? iconButton({
            icon: 'stop-circle',
            label: l10n.t('Stop (Esc)'),
            className: 'stop',
            onClick: actions.stop,
          })
        : nothing
    }${iconButton({
      icon: 'send',
      label: running ? l10n.t('Send When the Answer Is Done (Enter)') : l10n.t('Send (Enter)'),
      className: running ? 'send queue' : 'send',
      disabled: empty,
      onClick: actions.submit,
    })}</span>
  `;
}

/** The list belongs to the text field, and closes when that loses the focus. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
