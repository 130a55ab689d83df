/** Remembers how the last command of each terminal ended, which no terminal tells afterwards. */

import * as vscode from 'vscode';

export interface ExitCodes extends vscode.Disposable {
  /** `undefined` where shell integration is off, or told none. */
  of(terminal: vscode.Terminal): number | undefined;
}

export function trackExitCodes(): ExitCodes {
  const known = new WeakMap<vscode.Terminal, number | undefined>();
  const subscription = vscode.window.onDidEndTerminalShellExecution(({ terminal, exitCode }) => {
    known.set(terminal, exitCode);
  });
  return {
    of: (terminal) => known.get(terminal),
    dispose: () => subscription.dispose(),
  };
}
