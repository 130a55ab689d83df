/** Converts an error into the card that the panel shows. */

import { l10n } from 'vscode';
import { markHidden } from '../../base/common/hiddenText.ts';
import type { ErrorReport } from '../../chat/common/conversation.ts';
import type { ErrorCard } from '../../chat/common/protocol.ts';
import { type ClientErrorCode, clientErrorCodes } from '../../llm/chatError.ts';
import { protocols } from '../../providers/registry.ts';
import { limitFacts } from '../../usage/host/usageTexts.ts';
import { explainError } from './errorTexts.ts';

/** `successor`: a model to suggest if the platform does not have this one. */
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

/** Codes of errors that Qiao raises before it sends the request. */
const unsent: ReadonlySet<string> = new Set<ClientErrorCode>(['parameter', 'no-images', 'plain-http']);

/** Whether there is a request to inspect. */
function wasSent({ kind, status, code }: ErrorReport): boolean {
  return status !== undefined || (kind !== 'missing-key' && !unsent.has(code ?? ''));
}

/** The vendor's page about its error codes. */
function helpOf({ providerId, code }: ErrorReport): ErrorCard['help'] {
  const href = protocols.find(({ id }) => id === providerId)?.errorPage;
  if (href === undefined || code === undefined || isClientCode(code)) return undefined;
  return { label: l10n.t('The platform’s page about its error codes'), href };
}

function isClientCode(code: string): boolean {
  return clientErrorCodes.some((known) => known === code);
}
