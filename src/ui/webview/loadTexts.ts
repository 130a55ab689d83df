/** Tells `l10n.t` the texts that the host put into the page. The first import of each page. */

import * as l10n from '@vscode/l10n';

const contents = document.getElementById('texts')?.textContent;
if (contents) l10n.config({ contents });
