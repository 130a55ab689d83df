/** What stands where no question was asked yet: the first steps, or a few questions to start with. */

import { html, type TemplateResult } from 'lit';
import type { PanelStrings } from '../core/panelStrings.ts';
import type { ComposerState } from '../core/protocol.ts';
import { icon } from './dom.ts';
import type { Post } from './vscodeApi.ts';

const examples = ['welcome.exampleExplain', 'welcome.exampleTests', 'welcome.exampleConcept'] as const;

/** `fill` puts a question into the composer. */
export function welcome(
  { connection }: ComposerState,
  strings: PanelStrings,
  { post, fill }: { post: Post; fill: (text: string) => void },
): TemplateResult {
  return html`<div class="welcome">
    <span class="welcome-icon">${icon('comment-discussion')}</span>
    <h1>${strings['welcome.title']}</h1>
    ${connection === 'none' ? firstSteps(strings, post) : startingPoints(strings, fill)}
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

function startingPoints(strings: PanelStrings, fill: (text: string) => void): TemplateResult {
  return html`
    <p>${strings['welcome.hint']}</p>
    <h2>${strings['welcome.examples']}</h2>
    <div class="welcome-examples">${examples.map(
      (key) =>
        html`<button type="button" class="example" @click=${() => fill(strings[key])}>${strings[key]}</button>`,
    )}</div>
  `;
}
