/** Converts VS Code's cancellation into the platform's. */

import type * as vscode from 'vscode';

/** Returns a signal that aborts when the token is cancelled, or is aborted already if the token was. */
export function toAbortSignal(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
