/** Renders the welcome page of an empty chat, and the banner of demo mode. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/webview/dom.ts';
import type { ComposerState, Starter } from '../common/protocol.ts';
import type { Post } from './host.ts';

/** Of *Ask About Selection*, unless the user has another. The extension may run on another machine than the keyboard. */
const askKey = /Mac|iP/.test(navigator.platform) ? '⌘K Q' : 'Ctrl+K Q';

/** `fill` puts a question into the composer. */
export function welcome(
  { connection, starters = [] }: ComposerState,
  { post, fill }: { post: Post; fill: (text: string) => void },
): TemplateResult {
  return html`<div class="welcome">
    <span class="welcome-icon">${icon('comment-discussion')}</span>
    <h1>${l10n.t('Ask about your code')}</h1>
    ${connection === 'none' ? firstSteps(post) : startingPoints(starters, fill)}
  </div>`;
}

/** In demo mode, above everything: nobody shall take the emulator for a model. */
export function demoBanner(post: Post): TemplateResult {
  return html`<div class="demo-banner">
    ${icon('beaker')}
    <span>${l10n.t('Demo: answers come from an emulator on this machine, no model.')}
      <button type="button" class="link-button" @click=${() => post({ type: 'action-run', action: 'set-api-key' })}
        >${l10n.t('Set API Key')}</button></span>
  </div>`;
}

function firstSteps(post: Post): TemplateResult {
  return html`
    <p>${l10n.t('Qiao connects VS Code to Qwen, Baichuan and Yi on Alibaba DashScope, to ERNIE on Baidu Qianfan, and to any OpenAI-compatible server.')}</p>
    <div class="welcome-buttons">
      <vscode-button block @click=${() => post({ type: 'action-run', action: 'set-api-key' })}
        >${l10n.t('Set API Key')}</vscode-button>
      <vscode-button block secondary @click=${() => post({ type: 'action-run', action: 'try-demo' })}
        >${l10n.t('Try Without a Key')}</vscode-button>
    </div>
    <p><button type="button" class="link-button" @click=${() => post({ type: 'action-run', action: 'manage-connections' })}
      >${l10n.t('Qianfan, Ollama or another server…')}</button></p>
    <p class="welcome-note">${l10n.t('Your key is kept in VS Code’s secret storage and sent to the platform only. Without a key, an emulator on this machine answers. It is no model.')}</p>
  `;
}

function startingPoints(starters: readonly Starter[], fill: (text: string) => void): TemplateResult {
  return html`
    <p>${l10n.t('Select code and press {0}, or choose “Ask About Selection” from its context menu. Or run “Qiao: Ask…” from the Command Palette.', askKey)}</p>
    <p>${l10n.t('In the field below, # attaches files, changes and more, and / lists the commands.')}</p>
    ${
      starters.length === 0
        ? nothing
        : html`<h2>${l10n.t('Questions to start with')}</h2>
    <div class="welcome-examples">${starters.map(
      ({ label, text }) =>
        html`<button type="button" class="example" @click=${() => fill(text)}>${label}</button>`,
    )}</div>`
    }
  `;
}
