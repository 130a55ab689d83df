/**
 * Pastes a command of an answer into an idle shell, never with a line break or a control character
 * (docs/decisions/0020-terminal-gets-one-line.md).
 */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createTerminal } from '../../../base/host/window/surfaces.ts';
import { languageOfInfo } from '../../common/languageIds.ts';
import { commandsOf } from '../../common/shellCommands.ts';
import type { Dialogs } from './dialogs.ts';
import { openAsNewFile } from './newFile.ts';

export interface Terminals {
  /** Pastes a command of the code; `info`: the fence's info string. */
  paste(code: string, info: string): Promise<void>;
  dispose(): void;
}

/** Milliseconds to wait for a new terminal's shell. Without shell integration there is no event when it is ready. */
const startTimeout = 3000;

export function createTerminals(dialogs: Dialogs): Terminals {
  const shells = watchShells();
  return {
    async paste(code, info) {
      if (!vscode.workspace.isTrusted) {
        const text = l10n.t('Code goes to a terminal only in a workspace that you trust.');
        await dialogs.ask({ text, choices: [] });
        return;
      }
      const command = await chooseCommand(code, info, dialogs);
      if (command === undefined) return;
      const terminal = shells.idle() ?? (await startTerminal());
      terminal.show();
      // Never `true`: only the user presses Enter.
      terminal.sendText(command, false);
    },
    dispose: () => shells.dispose(),
  };
}

/** The only command, or the one the user picks. Never several, since their line breaks would run them. */
async function chooseCommand(code: string, info: string, dialogs: Dialogs): Promise<string | undefined> {
  const commands = commandsOf(code, languageOfInfo(info));
  if (commands.length === 0) {
    await dialogs.ask({ text: l10n.t('There is no command in this code.'), choices: [] });
    return undefined;
  }
  if (commands.length === 1) return commands[0];
  const all = { label: l10n.t('Open all as a new file'), iconPath: new vscode.ThemeIcon('new-file') };
  const items = commands.map((command) => ({ label: command, iconPath: new vscode.ThemeIcon('terminal') }));
  const choice = await dialogs.pick(
    [...items, all],
    l10n.t('Which command to paste? It does not run until you press Enter.'),
  );
  if (choice === all) await openAsNewFile(code, info);
  return choice === all ? undefined : choice?.label;
}

async function startTerminal(): Promise<vscode.Terminal> {
  const terminal = createTerminal('Qiao');
  terminal.show();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(finish, startTimeout);
    const ready = vscode.window.onDidChangeTerminalShellIntegration((event) => {
      if (event.terminal === terminal) finish();
    });
    function finish(): void {
      clearTimeout(timer);
      ready.dispose();
      resolve();
    }
  });
  return terminal;
}

/** Tracks idle terminals. A running program would receive the pasted text as input. */
function watchShells(): { idle(): vscode.Terminal | undefined; dispose(): void } {
  const waiting = new WeakSet<vscode.Terminal>();
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidOpenTerminal((terminal) => waiting.add(terminal)),
    vscode.window.onDidStartTerminalShellExecution(({ terminal }) => waiting.delete(terminal)),
    vscode.window.onDidEndTerminalShellExecution(({ terminal }) => waiting.add(terminal)),
  );
  const isIdle = (terminal: vscode.Terminal): boolean =>
    terminal.shellIntegration !== undefined && terminal.exitStatus === undefined && waiting.has(terminal);
  return {
    idle() {
      const { activeTerminal, terminals } = vscode.window;
      if (activeTerminal && isIdle(activeTerminal)) return activeTerminal;
      return terminals.find((terminal) => terminal.name === 'Qiao' && isIdle(terminal));
    },
    dispose: () => subscriptions.dispose(),
  };
}
