/** Why a question can't be sent now. */

import * as l10n from '@vscode/l10n';
import { longestText } from '../../common/protocol.ts';
import type { PanelState } from '../state.ts';
import { isBlocked, isUnseen } from './attach/composerAttachments.ts';
import { leadingCommand } from './suggest/trigger.ts';

/** A sentence for the user; `undefined`: it can. The text stays in the field then, and the attachments at it. */
export function refusalOf({ conversation, composer }: PanelState, text: string): string | undefined {
  if (text.length > longestText)
    return l10n.t(
      'This text has {0} characters; at most {1} can be sent. It stays here.',
      text.length,
      longestText,
    );
  // A command that runs here sends nothing.
  if (leadingCommand(text, composer.commands)?.local) return undefined;
  if (conversation.running && conversation.queued)
    return l10n.t(
      'One question is waiting already. Your text stays here; send, edit or remove the waiting one first.',
    );
  // What follows the editor just stays behind.
  const blocked = composer.attachments.find((one) => isBlocked(one) && !one.ready?.implicit);
  if (blocked)
    return l10n.t(
      'Not sent because of “{0}”. {1} Send it anyway or remove it.',
      blocked.name,
      blocked.ready?.blockReason ?? '',
    );
  const unseen = composer.attachments.some((one) => isUnseen(one, composer));
  return unseen
    ? l10n.t(
        '{0} does not see images. Remove the image or choose another model; your text stays here.',
        composer.modelName,
      )
    : undefined;
}
