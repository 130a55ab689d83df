/** What there is to say of an answer that the platform ended for a reason of its own. */

import { l10n } from 'vscode';
import { markHidden } from '../../base/common/hiddenText.ts';
import { isBrokenOff } from '../../llm/finishReason.ts';

/** `undefined` for an answer that ended as answers do. `canContinue`: there is a button that goes on with it. */
export function describeEnding(
  { rawReason }: { rawReason?: string },
  canContinue = false,
): string | undefined {
  if (rawReason === undefined) return undefined;
  const word = markHidden(rawReason);
  if (!isBrokenOff(rawReason))
    return l10n.t(
      'The platform ended the answer with a reason that Qiao does not know ({0}). It may be incomplete.',
      word,
    );
  return canContinue
    ? l10n.t('The platform broke the answer off ({0}). Continue it, or try again.', word)
    : l10n.t('The platform broke the answer off ({0}). Try again.', word);
}
