/** The question that waits for the running answer: one line above the field, with what can be done about it. */

import { html, nothing, type TemplateResult } from 'lit';
import { markHidden } from '../../../base/common/hiddenText.ts';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import { formatString, type PanelStringKey, type PanelStrings } from '../../common/panelStrings.ts';
import type { ConversationView, OutcomeView } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';

export type QueueAction = Extract<ViewMessage, { type: 'queue-change' }>['action'];

export interface QueueRow {
  conversation: ConversationView;
  /** How the newest answer in sight ended. */
  lastStatus?: OutcomeView['status'];
  strings: PanelStrings;
  run(action: QueueAction): void;
}

/** A question can be a megabyte long, one line of it is not. */
const shownLength = 500;

/** Nothing without a queued question. */
export function queueRow({
  conversation,
  lastStatus,
  strings,
  run,
}: QueueRow): TemplateResult | typeof nothing {
  const { queued, running } = conversation;
  if (!queued) return nothing;
  const text = markHidden(queued.text.slice(0, shownLength));
  const count = queued.attachments.length;
  const attached = formatString(strings[count === 1 ? 'queue.attachment' : 'queue.attachments'], count);
  return html`<div class="queue-row" role="group" aria-label=${strings['queue.label']}>
    ${icon('clock')}
    <div class="queue-body">
      <div class="queue-question" dir="auto" title=${text}>${text}</div>
      <div class="queue-status">
        <span>${strings[statusKey(queued.held, running, lastStatus)]}</span>${
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
        label: strings[running ? 'queue.sendStopping' : 'queue.send'],
        className: 'queue-send',
        onClick: () => run('send'),
      })}
      ${iconButton({
        icon: 'edit',
        label: strings['queue.edit'],
        className: 'queue-edit',
        onClick: () => run('edit'),
      })}
      ${iconButton({
        icon: 'close',
        label: strings['queue.remove'],
        className: 'queue-remove',
        onClick: () => run('remove'),
      })}
    </div>
  </div>`;
}

function statusKey(held: boolean, running: boolean, last: OutcomeView['status'] | undefined): PanelStringKey {
  if (!held) return 'queue.waiting';
  const endedBadly = !running && (last === 'failed' || last === 'interrupted');
  return endedBadly ? 'queue.held' : 'queue.waitsForYou';
}
