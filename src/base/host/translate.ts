/** Translates texts that were marked where `l10n` is out of reach. */

import { l10n } from 'vscode';

/** `text`: one that was marked with `translatable`. */
export function translate(text: string): string {
  return l10n.t(text);
}
