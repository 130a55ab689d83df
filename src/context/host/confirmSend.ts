/** Asks before secret-looking or excluded attachments are sent from outside the composer. */

import { l10n } from 'vscode';
import { markHidden } from '../../base/common/hiddenText.ts';
import { describeHidden } from '../../base/host/hiddenTexts.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { Dialogs } from '../../edit/host/code/dialogs.ts';
import type { BlockReason, ContextSources } from './contextSources.ts';

/** Whether the attachments may be sent; `false` when the user rejects one of them. */
export type ConfirmSend = (attachments: readonly Attachment[]) => Promise<boolean>;

export function createConfirmSend(
  dialogs: Pick<Dialogs, 'ask'>,
  { blockReason }: Pick<ContextSources, 'blockReason'>,
): ConfirmSend {
  return async (attachments) => {
    const send = l10n.t('Send Anyway');
    for (const attachment of attachments) {
      const reason = await blockReason(attachment);
      // The user works on this file and sees where it is or what it contains.
      if (!reason || reason.kind === 'outside') continue;
      const text = l10n.t(
        '{0} Send it to the model’s platform?',
        sayWhy(markHidden(attachment.path), reason),
      );
      if ((await dialogs.ask({ text, choices: [send], modal: true })) !== send) return false;
    }
    return true;
  };
}

function sayWhy(path: string, reason: Exclude<BlockReason, { kind: 'outside' }>): string {
  if (reason.kind === 'secret-name')
    return l10n.t('“{0}” has a name of files that often hold passwords or keys.', path);
  if (reason.kind === 'secret-text') return l10n.t('“{0}” seems to hold a secret ({1}).', path, reason.what);
  if (reason.kind === 'refused-patterns')
    return l10n.t(
      '“{0}” may be excluded: {1} has too many patterns, or too slow ones, to tell.',
      path,
      reason.by,
    );
  if (reason.kind === 'hidden-text')
    return l10n.t(
      '“{0}” holds {1}: a model reads them, and you do not see them.',
      path,
      describeHidden(reason.hidden),
    );
  return l10n.t('“{0}” is excluded by {1}.', path, reason.by);
}
