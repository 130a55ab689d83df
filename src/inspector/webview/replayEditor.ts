/** Edits the body of a request before a replay; only valid JSON is sent. */

import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import { prettyJson } from '../common/exchangeText.ts';

export interface ReplayEditor {
  readonly element: HTMLElement;
  /** Shows the body; keeps edits that were made before. */
  open(body: string): void;
}

/** `send` gets the edited text, or `undefined` if nothing was changed. */
export function createReplayEditor(send: (body: string | undefined) => void): ReplayEditor {
  const element = document.createElement('form');
  element.className = 'replay-editor';
  element.hidden = true;
  const field = document.createElement('textarea');
  field.spellcheck = false;
  let untouched = '';

  function problem(): string | undefined {
    try {
      JSON.parse(field.value);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  function close(): void {
    element.hidden = true;
  }

  function draw(): void {
    const wrong = problem();
    field.ariaLabel = l10n.t('Body of the request (JSON)');
    field.ariaInvalid = String(wrong !== undefined);
    render(
      html`<p class="replay-label" aria-hidden="true">${l10n.t('Body of the request (JSON)')}</p>${field}
        <p class="problem" role="alert" ?hidden=${wrong === undefined}>${l10n.t('This is no valid JSON: {0}', wrong ?? '')}</p>
        <div class="button-row">
          <vscode-button ?disabled=${wrong !== undefined} @click=${submit}>${l10n.t('Send')}</vscode-button>
          <vscode-button secondary @click=${close}>${l10n.t('Cancel')}</vscode-button>
        </div>`,
      element,
    );
  }

  function submit(): void {
    if (problem() !== undefined) return;
    close();
    send(field.value === untouched ? undefined : field.value);
  }

  field.addEventListener('input', draw);
  element.addEventListener('submit', (event) => event.preventDefault());
  return {
    element,
    open(body) {
      if (element.hidden && (field.value === '' || field.value === untouched)) {
        untouched = prettyJson(body);
        field.value = untouched;
      }
      element.hidden = false;
      draw();
      field.focus();
    },
  };
}
