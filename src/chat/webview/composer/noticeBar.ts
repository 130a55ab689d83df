/** A line above the composer about the chosen connection, with what can be done about it, until it is dismissed. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { NoticeView, PanelAction } from '../../common/protocol.ts';
import { actionLabel } from '../actionLabel.ts';

export interface NoticeActions {
  run(action: PanelAction): void;
  dismiss(id: string): void;
}

/** Nothing without a notice. */
export function noticeBar(
  notice: NoticeView | undefined,
  { run, dismiss }: NoticeActions,
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
