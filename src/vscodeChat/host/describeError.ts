/** Errors as VS Code's chat shows them. */

import { l10n } from 'vscode';
import type { ErrorReport } from '../../chat/common/conversation.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';

/** What happened, what to do, and the platform's own words with its code and request id, in the user's language. */
export function describeError(report: ErrorReport): string {
  const { title, advice, detail, status, code, requestId } = toErrorCard(report);
  const facts = [detail, status && `HTTP ${status}`, code, requestId].filter(Boolean).join(' · ');
  const sentences = advice === '' ? title : l10n.t('{0}. {1}', title, advice);
  return facts === '' ? sentences : `${sentences} (${facts})`;
}
