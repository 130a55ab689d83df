/** Renders the queued question above the field, with its buttons. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { markHidden } from '../../../base/common/hiddenText.ts';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { ConversationView, OutcomeView } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';

export type QueueAction = Extract<ViewMessage, { type: 'queue-change' }>['action'];

/** A question can be a megabyte long; one line shows far less. */
const shownLength = 500;

/** Nothing without a queued question. `lastStatus`: how the newest loaded answer ended. */
export function queueRow(
  { queued, running }: ConversationView,
  lastStatus: OutcomeView['status'] | undefined,
  run: (action: QueueAction) => void,
): TemplateResult | typeof nothing {
  if (!queued) return nothing;
  const text = markHidden(queued.text.slice(0, shownLength));
  const count = queued.attachments.length;
  const attached = count === 1 ? l10n.t('{0} attachment', count) : l10n.t('{0} attachments', count);
  const button = (action: QueueAction, glyph: string, label: string) =>
    iconButton({ icon: glyph, label, className: `queue-${action}`, onClick: () => run(action) });
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
      ${button('send', 'send', running ? l10n.t('Stop the Answer and Send Now') : l10n.t('Send Now'))}
      ${button('edit', 'edit', l10n.t('Edit'))}
      ${button('remove', 'close', l10n.t('Remove'))}
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
