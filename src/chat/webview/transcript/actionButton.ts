/** Renders the small buttons below questions and answers. */

import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { icon, showCopied } from '../../../ui/webview/dom.ts';
import type { Post } from '../host.ts';
import { asksClass } from './turnContext.ts';

export interface ActionButton {
  /** Names the button within its turn, so that the focus finds it again when the turn is another one. */
  action: string;
  icon: string;
  label: string;
  onClick(button: HTMLButtonElement): void;
  /** It asks for an answer, and can't while one is coming. */
  asks?: boolean;
  disabled?: boolean;
  popup?: 'listbox';
  /** The label stands beside the icon. */
  labelled?: boolean;
}

export function actionButton(button: ActionButton): TemplateResult {
  const shape = button.labelled ? 'text-button' : 'icon-button';
  return html`<button
    type="button"
    class="${shape} ${button.asks ? asksClass : ''}"
    data-action=${button.action}
    aria-label=${button.label}
    aria-haspopup=${button.popup ?? 'false'}
    ?disabled=${button.disabled ?? false}
    @click=${({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLButtonElement) button.onClick(currentTarget);
    }}
  >${icon(button.icon)}${button.labelled ? button.label : ''}</button>`;
}

/** Copies what `text` gives at the time of the click. */
export function copyButton(
  { action, label, text }: { action: string; label: string; text: () => string },
  { post }: { post: Post },
): TemplateResult {
  return actionButton({
    action,
    icon: 'copy',
    label,
    onClick(button) {
      post({ type: 'text-copy', text: text() });
      showCopied(button, l10n.t('Copied'));
    },
  });
}
