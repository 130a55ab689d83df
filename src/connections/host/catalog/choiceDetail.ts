/** What stands beside a model where one is chosen. */

import { l10n } from 'vscode';
import type { ModelInfo } from '../../../llm/chatModel.ts';

/** That it is retired and what to try, else how large its context is. */
export function choiceDetail({ retired, successor, contextTokens }: ModelInfo): string | undefined {
  if (retired !== undefined) {
    return successor === undefined
      ? l10n.t('retired {0}', retired)
      : l10n.t('retired {0}, try {1}', retired, successor);
  }
  return contextTokens === undefined ? undefined : `${Math.round(contextTokens / 1024)}K`;
}
