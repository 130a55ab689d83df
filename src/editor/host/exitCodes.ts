/** Records the exit code of the last command of each terminal, as VS Code reports it only once. */

import * as vscode from 'vscode';

export interface ExitCodes extends vscode.Disposable {
  /** `undefined` when shell integration is off or reported none. */
  of(terminal: vscode.Terminal): number | undefined;
}

export function trackExitCodes(): ExitCodes {
  const known = new WeakMap<vscode.Terminal, number | undefined>();
  const subscription = vscode.window.onDidEndTerminalShellExecution(({ terminal, exitCode }) => {
    known.set(terminal, exitCode);
  });
  return { of: (terminal) => known.get(terminal), dispose: () => subscription.dispose() };
}
