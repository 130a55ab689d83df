/** Lists the attempts of a record, token requests included, and marks the one that is shown. */

import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { formatMs } from '../common/exchangeText.ts';
import type { AttemptView, RecordView } from '../common/inspectProtocol.ts';

export interface AttemptListOptions {
  /** The attempt that is shown. */
  index: number;
  choose(index: number): void;
}

/** The last request for the answer. */
export function defaultAttempt({ attempts }: Pick<RecordView, 'attempts'>): number {
  const index = attempts.findLastIndex(({ request }) => request?.purpose !== 'token');
  return index < 0 ? attempts.length - 1 : index;
}

export function attemptList(record: RecordView, { index, choose }: AttemptListOptions): TemplateResult {
  return html`<div class="attempts-list">${record.attempts.map(
    (attempt, position) => html`<button type="button" class="attempt" aria-pressed=${position === index}
      @click=${() => choose(position)}>${summary(attempt)}</button>`,
  )}</div>`;
}

function summary({ request, response, failure, waitMs }: AttemptView): string {
  const number = request?.attempt ?? 1;
  return [
    request?.purpose === 'token' ? l10n.t('Access token for try {0}', number) : l10n.t('Try {0}', number),
    request && `+${formatMs(request.atMs)}`,
    response && String(response.status),
    failure && (failure.code ?? failure.kind),
    waitMs === undefined ? undefined : l10n.t('waited {0}', formatMs(waitMs)),
  ]
    .filter(Boolean)
    .join(' · ');
}
