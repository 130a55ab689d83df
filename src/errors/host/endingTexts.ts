/** Explains that the platform ended an answer early. */

import { l10n } from 'vscode';
import { markHidden } from '../../base/common/hiddenText.ts';
import { isBrokenOff } from '../../llm/finishReason.ts';

/** `undefined` for a normal end. `canContinue`: the page has a button to continue. */
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
