/** Why a question can't be sent now. */

import { formatString } from '../../common/panelStrings.ts';
import { longestText } from '../../common/protocol.ts';
import type { PanelState } from '../state.ts';
import { isHeld, isUnseen } from './attach/composerChips.ts';
import { leadingCommand } from './suggest/trigger.ts';

/** A sentence for the user; `undefined`: it can. The text stays in the field then, and the attachments at it. */
export function refusalOf({ strings, conversation, composer }: PanelState, text: string): string | undefined {
  if (text.length > longestText) return formatString(strings['composer.tooLong'], text.length, longestText);
  // A command that runs here sends nothing.
  if (leadingCommand(text, composer.commands)?.local) return undefined;
  if (conversation.running && conversation.queued) return strings['composer.queueFull'];
  // What follows the editor just stays behind.
  const held = composer.attachments.find((one) => isHeld(one) && !one.ready?.live);
  if (held) return formatString(strings['composer.held'], held.name, held.ready?.held ?? '');
  const unseen = composer.attachments.some((one) => isUnseen(one, composer));
  return unseen ? formatString(strings['composer.imageUnseen'], composer.modelName) : undefined;
}
