/** The look of the composer around its field, and when it needs to be drawn again. */

import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CommandChoice } from '../../common/protocol.ts';
import type { ToolbarState } from './toolbar.ts';

/** What is drawn; the same members mean the same picture. */
export interface Drawn extends ToolbarState {
  lastStatus: string | undefined;
  /** The slash command that the draft begins with. */
  command: CommandChoice | undefined;
  message: Message;
}

/** Said to the user about what they just did. */
export interface Message {
  text: string;
  /** Tells the same text said twice from once. */
  count: number;
  /** The question was not sent; what stood in its way may pass. */
  refused?: boolean;
  /** What the user may do about it; the message goes then. */
  action?: { label: string; run(): void } | undefined;
}

/** The empty places, each drawn on its own. */
export function composerFrame(): TemplateResult {
  return html`
    <div class="popover" role="dialog" tabindex="-1"></div>
    <div class="composer-notice"></div>
    <div class="composer-queue"></div>
    <div class="composer-box">
      <div class="suggest-place"></div>
      <div class="composer-attachments"></div>
      <textarea rows="1"></textarea>
      <div class="composer-command"></div>
      <div class="composer-message" aria-live="polite"></div>
      <div class="composer-toolbar"></div>
    </div>
    <div class="drop-zone" aria-hidden="true" hidden></div>
  `;
}

/** What the command in the field does; what it attaches stands above. */
export function commandHint(command: CommandChoice | undefined): TemplateResult | typeof nothing {
  if (!command) return nothing;
  return html`<b>/${command.name}</b> <span dir="auto">${command.description}</span>`;
}

/** A new element each time, so that a screen reader says it again. */
export function messageLine(
  { text, count, action }: Message,
  done: () => void,
): ReturnType<typeof keyed> | typeof nothing {
  if (text === '') return nothing;
  const run = (): void => {
    done();
    action?.run();
  };
  const button =
    action && html` <button type="button" class="link-button" @click=${run}>${action.label}</button>`;
  return keyed(count, html`<div>${text}${button}</div>`);
}

/** Whether both look the same. */
export function isSame(one: Drawn, other: Drawn): boolean {
  return (
    one.composer === other.composer &&
    one.conversation === other.conversation &&
    one.context === other.context &&
    one.empty === other.empty &&
    one.adding === other.adding &&
    one.command === other.command &&
    one.lastStatus === other.lastStatus &&
    one.message === other.message
  );
}
