/** Where the body of a request is changed before it is sent again; what is no JSON is not sent. */

import { html, render } from 'lit';
import { formatString } from '../../chat/common/panelStrings.ts';
import { prettyJson } from '../common/exchangeText.ts';
import type { InspectStrings } from '../common/inspectStrings.ts';

export interface ReplayEditor {
  readonly element: HTMLElement;
  /** Shows the body; what was typed before stays when it is open already. */
  open(body: string, strings: InspectStrings): void;
}

/** `send` gets the text as it stands, or `undefined` when nothing was changed. */
export function createReplayEditor(send: (body: string | undefined) => void): ReplayEditor {
  const element = document.createElement('form');
  element.className = 'replay-editor';
  element.hidden = true;
  const field = document.createElement('textarea');
  field.spellcheck = false;
  let untouched = '';
  let texts: InspectStrings | undefined;

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
    if (!texts) return;
    const wrong = problem();
    field.ariaLabel = texts['replay.label'];
    field.ariaInvalid = String(wrong !== undefined);
    render(
      html`<p class="replay-label" aria-hidden="true">${texts['replay.label']}</p>${field}
        <p class="problem" role="alert" ?hidden=${wrong === undefined}>${formatString(texts['replay.invalid'], wrong ?? '')}</p>
        <div class="button-row">
          <vscode-button ?disabled=${wrong !== undefined} @click=${submit}>${texts['replay.send']}</vscode-button>
          <vscode-button secondary @click=${close}>${texts['replay.cancel']}</vscode-button>
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
    open(body, strings) {
      texts = strings;
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
