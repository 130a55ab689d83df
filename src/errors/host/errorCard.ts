/** Errors as the panel shows them: explained, with what the platform said and where to read more. */

import { l10n } from 'vscode';
import { markHidden } from '../../base/common/hiddenText.ts';
import type { ErrorReport } from '../../chat/common/conversation.ts';
import type { ErrorCard } from '../../chat/common/protocol.ts';
import { type ClientErrorCode, clientErrorCodes } from '../../llm/chatError.ts';
import { protocols } from '../../providers/registry.ts';
import { limitFacts } from '../../usage/host/usageTexts.ts';
import { explainError } from './errorTexts.ts';

/** `successor`: what to try where the platform does not have the model. */
export function toErrorCard(error: ErrorReport, successor?: { name: string }): ErrorCard {
  const { title, advice, actions, hideDetail } = explainError(error, successor?.name);
  const { kind, message, status, code, requestId } = error;
  const platformCode = code !== undefined && isClientCode(code) ? undefined : code;
  return {
    kind,
    title,
    advice,
    actions: wasSent(error) ? [...actions, 'inspect'] : actions,
    detail: hideDetail ? undefined : markHidden(message),
    limits: limitFacts(error),
    status,
    code: platformCode && markHidden(platformCode),
    requestId: requestId && markHidden(requestId),
    help: helpOf(error),
  };
}

/** Refused by Qiao itself. */
const unsent: ReadonlySet<string> = new Set<ClientErrorCode>(['parameter', 'no-images', 'plain-http']);

/** Whether there is a request to look at. */
function wasSent({ kind, status, code }: ErrorReport): boolean {
  return status !== undefined || (kind !== 'missing-key' && !unsent.has(code ?? ''));
}

/** The vendor's own page about its codes, for errors that have one. */
function helpOf({ providerId, code }: ErrorReport): ErrorCard['help'] {
  // A gateway that speaks OpenAI's protocol has no page of its own.
  const href = protocols.find(({ id }) => id === providerId)?.errorPage;
  if (href === undefined || code === undefined || isClientCode(code)) return undefined;
  return { label: l10n.t('The platform’s page about its error codes'), href };
}

function isClientCode(code: string): boolean {
  return clientErrorCodes.some((known) => known === code);
}
