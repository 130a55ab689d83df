/** Describes the outcome of an edit that did not simply succeed. */

import { l10n } from 'vscode';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import type { ChatError } from '../../llm/chatError.ts';
import type { EditResult } from './editSession.ts';

export interface EditReport {
  text: string;
  /** Asking again may help. */
  canRetry: boolean;
}

/** The message for a result; `undefined` if the document shows everything. */
export function reportEdit(result: EditResult): EditReport | undefined {
  const tell = (text: string, canRetry = false): EditReport => ({ text, canRetry });
  switch (result.type) {
    case 'shown':
      return result.cutShort
        ? tell(l10n.t('The answer was cut short. The code it did not reach stays as it is.'))
        : undefined;
    case 'stopped':
      return result.shown
        ? tell(l10n.t('Stopped. The code the answer did not reach stays as it is.'))
        : undefined;
    case 'same':
      return tell(l10n.t('The answer is the code as it is. Nothing changes.'));
    case 'unwritable':
      return tell(l10n.t('The file can’t be changed. It may be read-only.'));
    case 'nothing': {
      const words = result.text.slice(0, mostWords);
      return tell(
        words === ''
          ? l10n.t('The answer was empty. Nothing changes.')
          : l10n.t('The answer holds no code. Nothing changes. It says: {0}', words),
        true,
      );
    }
    case 'failed':
      return tell(describeError(result.error), true);
  }
}

/** The error on one line, for notifications. */
export function describeError(error: ChatError): string {
  const { title, advice, detail } = toErrorCard(error);
  return [title, detail, advice].filter((part) => part).join(' · ');
}

/** Maximum length of the quoted answer, in UTF-16 units, for a notification. */
const mostWords = 300;
