/** The text field for a new title, shown in the row of the chat. */

import * as l10n from '@vscode/l10n';
import { takeKey } from '../../../ui/webview/dom.ts';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';

export interface RenameEnd {
  /** The new title, trimmed; `undefined` when the user gave up or left it as it was. Empty: the proposed one. */
  title?: string;
  /** Whether a key ended it, so that the focus belongs back on the row. */
  byKey: boolean;
}

/** The host takes no more. */
const maxLength = 1000;

/** Creates the field, with the caller to put it in place and focus it. `end` is called once. */
export function createRenameField(title: string, end: (result: RenameEnd) => void): HTMLInputElement {
  const field = document.createElement('input');
  field.className = 'field history-rename';
  field.type = 'text';
  field.dir = 'auto';
  field.value = title;
  field.maxLength = maxLength;
  field.placeholder = l10n.t('Empty: the first question');
  field.setAttribute('aria-label', l10n.t('New title'));
  const ime = createImeGuard(field);
  let ended = false;

  function finish(save: boolean, byKey: boolean): void {
    if (ended) return;
    ended = true;
    const changed = field.value.trim();
    end(save && changed !== title ? { title: changed, byKey } : { byKey });
  }

  field.addEventListener('keydown', (event) => {
    if (ime.owns(event)) return event.stopPropagation();
    if (event.key === 'Enter') finish(true, true);
    else if (event.key === 'Escape') finish(false, true);
    else return;
    takeKey(event);
  });
  // What was typed counts when the user goes on to something else, but not while the window is merely in the back.
  field.addEventListener('blur', () => {
    if (document.hasFocus() && field.isConnected) finish(true, false);
  });
  return field;
}
