/** The system prompt of the open chat, as a field of the parameter form. */

import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { directionOf } from '../../../ui/webview/textDirection.ts';
import { createThrottle } from '../../../ui/webview/throttle.ts';

export interface SystemPromptField {
  /** Begins with what the host knows. */
  open(text: string): void;
  view(): TemplateResult;
  /** Sends what has been typed and not been sent. */
  flush(): void;
}

/** Milliseconds between two changes while the user types: each becomes a line in the conversation's file. */
const interval = 1000;

export function createSystemPromptField(change: (text: string) => void): SystemPromptField {
  let text = '';
  let sent = '';
  const changes = createThrottle<string>(interval, (newest) => {
    if (newest === sent) return;
    sent = newest;
    change(newest);
  });

  // A text that an input method is still composing is no one's yet.
  function take({ target }: Event, composing = false): void {
    if (!(target instanceof HTMLTextAreaElement)) return;
    text = target.value;
    target.dir = directionOf(text);
    if (!composing) changes.push(text);
  }

  return {
    open(known) {
      changes.cancel();
      text = known;
      sent = known;
    },
    view: () => html`<div class="parameter system-prompt">
      <label for="system-prompt">${l10n.t('System prompt of this chat')}</label>
      <textarea id="system-prompt" class="field" rows="2" dir=${directionOf(text)} aria-describedby="system-prompt-hint"
        .value=${live(text)} @input=${(event: InputEvent) => take(event, event.isComposing)}
        @compositionend=${take} @blur=${flush}></textarea>
      <div class="hint" id="system-prompt-hint">${l10n.t('Empty: the one from the settings is used.')}</div>
    </div>`,
    flush,
  };

  function flush(): void {
    changes.push(text);
    changes.flush();
  }
}
