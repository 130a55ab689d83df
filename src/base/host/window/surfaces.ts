/** Wraps other VS Code UI with escaped texts: code lenses, code actions, diagnostics, tabs, terminals, diffs. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** `icon`: the name of a codicon before the title. */
export function createCodeLens(range: vscode.Range, command: vscode.Command, icon?: string): vscode.CodeLens {
  const { title, tooltip = '' } = command;
  return new vscode.CodeLens(range, {
    ...command,
    title: icon === undefined ? plainLine(title) : `$(${icon}) ${plainLine(title)}`,
    tooltip: plainLine(tooltip),
  });
}

/** A code action that runs the command. */
export function createCodeAction(command: vscode.Command, kind: vscode.CodeActionKind): vscode.CodeAction {
  const title = plainLine(command.title);
  return Object.assign(new vscode.CodeAction(title, kind), { command: { ...command, title } });
}

/** A diagnostic with the source `Qiao`. */
export function createDiagnostic(
  range: vscode.Range,
  message: string,
  severity?: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  return Object.assign(new vscode.Diagnostic(range, plainLine(message), severity), { source: 'Qiao' });
}

/** Like VS Code's `createWebviewPanel`. */
export function createWebviewPanel(
  ...[type, title, place, options]: Parameters<typeof vscode.window.createWebviewPanel>
): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(type, plainLine(title), place, options);
}

/** Sets a tab's title (`Qiao` if empty) or a view's description. */
export function setTitle(place: vscode.WebviewPanel | vscode.WebviewView, title: string): void {
  if ('show' in place) place.description = plainLine(title);
  else place.title = plainLine(title) || 'Qiao';
}

/** `name`: as VS Code lists the terminal. */
export function createTerminal(name: string): vscode.Terminal {
  return vscode.window.createTerminal({ name: plainLine(name) });
}

/** Opens a diff editor with this title. */
export function showDiff(
  left: vscode.Uri,
  right: vscode.Uri,
  title: string,
  options: vscode.TextDocumentShowOptions,
): Thenable<unknown> {
  return vscode.commands.executeCommand('vscode.diff', left, right, plainLine(title), options);
}
