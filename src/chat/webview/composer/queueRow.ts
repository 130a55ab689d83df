/** The question that waits for the running answer: one line above the field, with what can be done about it. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { markHidden } from '../../../base/common/hiddenText.ts';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { ConversationView, OutcomeView } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';

export type QueueAction = Extract<ViewMessage, { type: 'queue-change' }>['action'];

export interface QueueRow {
  conversation: ConversationView;
  /** How the newest answer in sight ended. */
  lastStatus?: OutcomeView['status'];
  run(action: QueueAction): void;
}

/** A question can be a megabyte long, one line of it is not. */
const shownLength = 500;

/** Nothing without a queued question. */
export function queueRow({ conversation, lastStatus, run }: QueueRow): TemplateResult | typeof nothing {
  const { queued, running } = conversation;
  if (!queued) return nothing;
  const text = markHidden(queued.text.slice(0, shownLength));
  const count = queued.attachments.length;
  const attached = count === 1 ? l10n.t('{0} attachment', count) : l10n.t('{0} attachments', count);
  return html`<div class="queue-row" role="group" aria-label=${l10n.t('Waiting question')}>
    ${icon('clock')}
    <div class="queue-body">
      <div class="queue-question" dir="auto" title=${text}>${text}</div>
      <div class="queue-status">
        <span>${statusText(queued.held, running, lastStatus)}</span>${
          count === 0
            ? nothing
            : html`<span class="queue-attached" title=${attached}>${icon('file-code')}<span aria-hidden="true">${count}</span
            ><span class="visually-hidden">${attached}</span></span>`
        }
      </div>
    </div>
    <div class="queue-buttons">
      ${iconButton({
        icon: 'send',
        label: running ? l10n.t('Stop the Answer and Send Now') : l10n.t('Send Now'),
        className: 'queue-send',
        onClick: () => run('send'),
      })}
      ${iconButton({
        icon: 'edit',
        label: l10n.t('Edit'),
        className: 'queue-edit',
        onClick: () => run('edit'),
      })}
      ${iconButton({
        icon: 'close',
        label: l10n.t('Remove'),
        className: 'queue-remove',
        onClick: () => run('remove'),
      })}
    </div>
  </div>`;
}

function statusText(held: boolean, running: boolean, last: OutcomeView['status'] | undefined): string {
  if (!held) return l10n.t('Waits for the running answer');
  const endedBadly = !running && (last === 'failed' || last === 'interrupted');
  return endedBadly
    ? l10n.t('Not sent yet, because the answer before it did not end well')
    : l10n.t('Waits for you');
}
