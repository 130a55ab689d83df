/** What there is to say of a key, wherever it is looked at. */

import { l10n } from 'vscode';

/** Of one that begins otherwise than its platform's keys: it may be right all the same. */
export function unusualKeyText(prefix: string): string {
  return l10n.t('Keys of this platform begin with “{0}”; this one does not.', prefix);
}
