/** Translates texts that were marked with `translatable`. */

import { l10n } from 'vscode';

/** `text`: marked with `translatable`. */
export function translate(text: string): string {
  return l10n.t(text);
}
