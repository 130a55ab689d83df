/** Registers the commands; the first one that runs loads their code. */

import * as vscode from 'vscode';
import { commandIds } from './base/host/commandIds.ts';
import type { RunCommand } from './base/host/feature.ts';
import { reportFailure } from './base/host/reportFailure.ts';

/** `loadApp` is called for each command. Failures are logged and shown. */
export function registerCommands(
  loadApp: () => Promise<{ run: RunCommand }>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registrations = Object.values(commandIds)
    .flat()
    .map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await (await loadApp()).run(id, ...args);
        } catch (error) {
          await reportFailure(log, id, error);
        }
      }),
    );
  return vscode.Disposable.from(...registrations);
}
