/** Asks before code of a file that by its name holds secrets goes to a model. */

import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Dialogs } from '../code/dialogs.ts';

export type ConfirmSend = (document: vscode.TextDocument, range: vscode.Range) => Promise<boolean>;

const secretNames =
  /(?:^|[\\/])(?:\.env(?:\..*)?|\.npmrc|\.netrc|\.pgpass|id_(?:rsa|dsa|ecdsa|ed25519)|credentials|[^\\/]*\.(?:pem|key|p12|pfx|keystore|jks|tfvars))$/i;

export function createConfirmSend(dialogs: Dialogs): ConfirmSend {
  return async ({ uri }) => {
    if (!secretNames.test(uri.path) || /\.(?:example|sample|template)$/i.test(uri.path)) return true;
    const send = l10n.t('Send It');
    const text = l10n.t(
      '{0} may hold secrets. Its code would be sent to the model’s platform.',
      uri.path.split('/').at(-1) ?? uri.path,
    );
    return (await dialogs.ask({ text, choices: [send], modal: true })) === send;
  };
}
