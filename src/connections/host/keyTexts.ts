/** Texts about keys that the key input and the diagnostics share. */

import { l10n } from 'vscode';

/** For a key without the platform's prefix, which may still be valid. */
export function unusualKeyText(prefix: string): string {
  return l10n.t('Keys of this platform begin with “{0}”; this one does not.', prefix);
}
