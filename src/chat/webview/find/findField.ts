/** Renders the find bar: text field, count, and buttons for the previous and next match. */

import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import { iconButton, takeKey } from '../../../ui/webview/dom.ts';
import { focusText } from '../../../ui/webview/focus.ts';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';
import { createSearchField, onText } from '../../../ui/webview/textField.ts';

export interface FindField {
  draw(status: FindStatus): void;
  /** Puts the caret into the field, with its text, or `text`, selected. */
  focus(text?: string): void;
}

export interface FindStatus {
  /** Whether there is something to find. */
  active: boolean;
  total: number;
  /** 1-based; `undefined` without a current match. */
  ordinal: number | undefined;
}

export function createFindField(
  root: HTMLElement,
  actions: { type(text: string): void; step(step: 1 | -1): void; close(): void },
): FindField {
  const field = createSearchField('find-text');
  const ime = createImeGuard(field);
  onText(field, actions.type);
  root.addEventListener('keydown', (event) => {
    if (event.target === field && ime.owns(event)) return event.stopPropagation();
    if (event.key === 'Escape') actions.close();
    else if (event.key === 'Enter' && event.target === field) actions.step(event.shiftKey ? -1 : 1);
    else return;
    takeKey(event);
  });

  return {
    draw({ active, total, ordinal }) {
      root.setAttribute('aria-label', l10n.t('Find in chat'));
      field.placeholder = l10n.t('Find');
      field.setAttribute('aria-label', l10n.t('Find in chat'));
      const none = total === 0;
      const number = (count: number) => count.toLocaleString();
      const position = none
        ? l10n.t('No results')
        : l10n.t('{0} of {1}', ordinal === undefined ? '?' : number(ordinal), number(total));
      const stepButton = (name: string, label: string, step: 1 | -1) =>
        iconButton({ icon: name, label, disabled: none, onClick: () => actions.step(step) });
      render(
        html`${field}
          <span class="find-count ${active && none ? 'wrong' : ''}" role="status">${active ? position : ''}</span>
          <span class="find-buttons">
            ${stepButton('arrow-up', l10n.t('Previous Match (Shift+Enter)'), -1)}
            ${stepButton('arrow-down', l10n.t('Next Match (Enter)'), 1)}
            ${iconButton({ icon: 'close', label: l10n.t('Close (Esc)'), onClick: actions.close })}
          </span>`,
        root,
      );
    },
    focus(text) {
      if (text !== undefined) field.value = text;
      focusText(field);
    },
  };
}
