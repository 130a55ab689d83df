/** Tells the user that something he started went wrong; for faults that are nobody's answer. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';

/** `what` names the action in the log. Never throws. */
export async function reportFailure(
  log: vscode.LogOutputChannel,
  what: string,
  error: unknown,
): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  log.error(`${what}: ${message}`);
  const show = l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(l10n.t('Qiao could not do that: {0}', message), show);
  if (choice === show) log.show();
}
