/** The tries of a record, requests for tokens included: how each went, and which of them is shown. */

import { html, type TemplateResult } from 'lit';
import { formatString } from '../../chat/common/panelStrings.ts';
import type { AttemptView, RecordView } from '../common/inspectProtocol.ts';
import type { InspectStrings } from '../common/inspectStrings.ts';
import { formatMs } from './format.ts';

export interface AttemptListOptions {
  strings: InspectStrings;
  /** Which one is shown. */
  index: number;
  choose(index: number): void;
}

/** The one that matters: the last request for the answer. */
export function defaultAttempt({ attempts }: Pick<RecordView, 'attempts'>): number {
  const index = attempts.findLastIndex(({ request }) => request?.purpose !== 'token');
  return index < 0 ? attempts.length - 1 : index;
}

export function attemptList(
  record: RecordView,
  { strings, index, choose }: AttemptListOptions,
): TemplateResult {
  return html`<div class="attempts-list">${record.attempts.map(
    (attempt, position) => html`<button type="button" class="attempt" aria-pressed=${position === index}
      @click=${() => choose(position)}>${summary(attempt, strings)}</button>`,
  )}</div>`;
}

function summary({ request, response, failure, waitMs }: AttemptView, strings: InspectStrings): string {
  const name = request?.purpose === 'token' ? strings['attempt.token'] : strings['attempt.answer'];
  return [
    formatString(name, String(request?.attempt ?? 1)),
    request && `+${formatMs(request.atMs)}`,
    response && String(response.status),
    failure && (failure.code ?? failure.kind),
    waitMs === undefined ? undefined : formatString(strings['attempt.wait'], formatMs(waitMs)),
  ]
    .filter(Boolean)
    .join(' · ');
}
