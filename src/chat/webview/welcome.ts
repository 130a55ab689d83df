/** What stands where no question was asked yet: the first steps, or a few questions to start with. */

import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/webview/dom.ts';
import type { Post } from '../../ui/webview/vscodeApi.ts';
import { formatString, type PanelStrings } from '../common/panelStrings.ts';
import type { ComposerState, Starter } from '../common/protocol.ts';

/** Of *Ask About Selection*, unless the user has another. The extension may run on another machine than the keyboard. */
const askKey = /Mac|iP/.test(navigator.platform) ? '⌘K Q' : 'Ctrl+K Q';

/** `fill` puts a question into the composer. */
export function welcome(
  { connection, starters = [] }: ComposerState,
  strings: PanelStrings,
  { post, fill }: { post: Post; fill: (text: string) => void },
): TemplateResult {
  return html`<div class="welcome">
    <span class="welcome-icon">${icon('comment-discussion')}</span>
    <h1>${strings['welcome.title']}</h1>
    ${connection === 'none' ? firstSteps(strings, post) : startingPoints(strings, starters, fill)}
  </div>`;
}

/** In demo mode, above everything: nobody shall take the emulator for a model. */
export function demoBanner(strings: PanelStrings, post: Post): TemplateResult {
  return html`<div class="demo-banner">
    ${icon('beaker')}
    <span>${strings['demo.banner']}
      <button type="button" class="link-button" @click=${() => post({ type: 'action-run', action: 'set-api-key' })}
        >${strings['action.set-api-key']}</button></span>
  </div>`;
}

function firstSteps(strings: PanelStrings, post: Post): TemplateResult {
  return html`
    <p>${strings['welcome.intro']}</p>
    <div class="welcome-buttons">
      <vscode-button block @click=${() => post({ type: 'action-run', action: 'set-api-key' })}
        >${strings['action.set-api-key']}</vscode-button>
      <vscode-button block secondary @click=${() => post({ type: 'action-run', action: 'try-demo' })}
        >${strings['action.try-demo']}</vscode-button>
    </div>
    <p><button type="button" class="link-button" @click=${() => post({ type: 'action-run', action: 'manage-connections' })}
      >${strings['welcome.connections']}</button></p>
    <p class="welcome-note">${strings['welcome.note']}</p>
  `;
}

function startingPoints(
  strings: PanelStrings,
  starters: readonly Starter[],
  fill: (text: string) => void,
): TemplateResult {
  return html`
    <p>${formatString(strings['welcome.hint'], askKey)}</p>
    <p>${strings['welcome.signs']}</p>
    ${
      starters.length === 0
        ? nothing
        : html`<h2>${strings['welcome.examples']}</h2>
    <div class="welcome-examples">${starters.map(
      ({ label, text }) =>
        html`<button type="button" class="example" @click=${() => fill(text)}>${label}</button>`,
    )}</div>`
    }
  `;
}
