/** Logs and shows the error of a failed user action; only shows a `UserError`, ignores a cancellation. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from './userError.ts';
import { showErrorMessage, showWarningMessage } from './window/messages.ts';

/** `what`: the action's name in the log. Never rejects. */
export async function reportFailure(
  log: vscode.LogOutputChannel,
  what: string,
  error: unknown,
): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  if (error instanceof UserError) {
    void showWarningMessage(error.message);
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  log.error(`${what}: ${message}`);
  const show = l10n.t('Show Log');
  const choice = await showErrorMessage(l10n.t('Qiao could not do that: {0}', message), show);
  if (choice === show) log.show();
}
