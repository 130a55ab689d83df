/** Gives `l10n.t` the translations in the page; each page imports it first. */

import * as l10n from '@vscode/l10n';

const contents = document.getElementById('texts')?.textContent;
if (contents) l10n.config({ contents });
