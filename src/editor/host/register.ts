/** What Qiao offers in editors, registered at activation; each offer is a command, which loads what it needs. */

import * as vscode from 'vscode';
import { registerCodeActions } from './codeActions.ts';
import { registerCodeLenses } from './codeLenses.ts';

export function registerEditorOffers(): vscode.Disposable {
  return vscode.Disposable.from(registerCodeActions(), registerCodeLenses());
}
