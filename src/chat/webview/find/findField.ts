/** The little bar in which the text to find is typed: field, count, and buttons for the way back and forth. */

import { html, render } from 'lit';
import { iconButton, takeKey } from '../../../ui/webview/dom.ts';
import { focusText } from '../../../ui/webview/focus.ts';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';
import { createSearchField, onText } from '../../../ui/webview/textField.ts';
import { formatString, type PanelStrings } from '../../common/panelStrings.ts';

export interface FindField {
  draw(status: FindStatus): void;
  /** Puts the caret into the field, with its text, or `text`, selected. */
  focus(text?: string): void;
}

export interface FindStatus {
  strings: PanelStrings;
  /** Whether there is something to find. */
  active: boolean;
  total: number;
  /** 1-based; `undefined` while the reader is at none of them. */
  ordinal: number | undefined;
}

export interface FindFieldActions {
  type(text: string): void;
  step(step: 1 | -1): void;
  close(): void;
}

export function createFindField(root: HTMLElement, actions: FindFieldActions): FindField {
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
    draw({ strings, active, total, ordinal }) {
      root.setAttribute('aria-label', strings['find.label']);
      field.placeholder = strings['find.field'];
      field.setAttribute('aria-label', strings['find.label']);
      const none = total === 0;
      const number = (count: number) => count.toLocaleString();
      const position = none
        ? strings['find.none']
        : formatString(
            strings['find.position'],
            ordinal === undefined ? '?' : number(ordinal),
            number(total),
          );
      const stepButton = (name: string, label: string, step: 1 | -1) =>
        iconButton({ icon: name, label, disabled: none, onClick: () => actions.step(step) });
      render(
        html`${field}
          <span class="find-count ${active && none ? 'wrong' : ''}" role="status">${active ? position : ''}</span>
          <span class="find-buttons">
            ${stepButton('arrow-up', strings['find.previous'], -1)}
            ${stepButton('arrow-down', strings['find.next'], 1)}
            ${iconButton({ icon: 'close', label: strings['find.close'], onClick: actions.close })}
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
