/** The templates of the composer around its text field, and whether they must be drawn again. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { CommandChoice, NoticeView, OutcomeView, PanelAction } from '../../common/protocol.ts';
import { actionLabel } from '../actionLabel.ts';
import type { ToolbarState } from './toolbar.ts';

/** All that the templates depend on. */
export interface Drawn extends ToolbarState {
  lastStatus: OutcomeView['status'] | undefined;
  /** The slash command that the draft begins with. */
  command: CommandChoice | undefined;
  message: Message;
}

/** A message to the user about their last action. */
export interface Message {
  text: string;
  /** Distinguishes repetitions of the same text. */
  count: number;
  /** The question was not sent; the message disappears when its reason does. */
  refused?: boolean;
  /** A button beside the text; it removes the message. */
  action?: { label: string; run(): void } | undefined;
}

/** A line about the chosen connection with its actions, until it is dismissed; nothing without a notice. */
export function noticeBar(
  notice: NoticeView | undefined,
  { run, dismiss }: { run(action: PanelAction): void; dismiss(id: string): void },
): TemplateResult | typeof nothing {
  if (!notice) return nothing;
  return html`<div class="notice-bar" role=${notice.warning ? 'alert' : 'note'}>
    ${icon(notice.warning ? 'warning' : 'info')}
    <div class="notice-text"><span dir="auto">${notice.text}</span>${notice.actions.map(
      (action) => html` <button type="button" class="link-button" @click=${() => run(action)}
        >${actionLabel(action)}</button>`,
    )}</div>
    ${iconButton({
      icon: 'close',
      label: l10n.t('Dismiss'),
      onClick: () => dismiss(notice.id),
    })}
  </div>`;
}

/** Explains the slash command in the field. */
export function commandHint(command: CommandChoice | undefined): TemplateResult | typeof nothing {
  if (!command) return nothing;
  return html`<b>/${command.name}</b> <span dir="auto">${command.description}</span>`;
}

/** Creates a new element each time, so that a screen reader says it again. */
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

export function isSame(one: Drawn, other: Drawn): boolean {
  const before: Readonly<Record<string, unknown>> = { ...one };
  return Object.entries(other).every(([name, value]) => before[name] === value);
}
