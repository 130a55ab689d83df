/** The rest of what VS Code labels for Qiao, behind the gate: lenses, actions, problems, tabs, terminals. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** `icon`: the name of a codicon, shown ahead of the title. */
export function createCodeLens(range: vscode.Range, command: vscode.Command, icon?: string): vscode.CodeLens {
  const { title, tooltip = '' } = command;
  return new vscode.CodeLens(range, {
    ...command,
    title: icon === undefined ? plainLine(title) : `$(${icon}) ${plainLine(title)}`,
    tooltip: plainLine(tooltip),
  });
}

/** An action of the lightbulb that runs the command of its title. */
export function createCodeAction(command: vscode.Command, kind: vscode.CodeActionKind): vscode.CodeAction {
  const title = plainLine(command.title);
  return Object.assign(new vscode.CodeAction(title, kind), { command: { ...command, title } });
}

/** A problem of Qiao's. */
export function createDiagnostic(
  range: vscode.Range,
  message: string,
  severity?: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  return Object.assign(new vscode.Diagnostic(range, plainLine(message), severity), { source: 'Qiao' });
}

/** As VS Code's own. */
export function createWebviewPanel(
  ...[type, title, place, options]: Parameters<typeof vscode.window.createWebviewPanel>
): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(type, plainLine(title), place, options);
}

/** Names the tab, which is Qiao's while the title is empty, or stands beside the view's own name. */
export function setTitle(place: vscode.WebviewPanel | vscode.WebviewView, title: string): void {
  if ('show' in place) place.description = plainLine(title);
  else place.title = plainLine(title) || 'Qiao';
}

/** `name` as VS Code lists it. */
export function createTerminal(name: string): vscode.Terminal {
  return vscode.window.createTerminal({ name: plainLine(name) });
}

/** Opens the comparison of two documents in a tab of this title. */
export function showDiff(
  left: vscode.Uri,
  right: vscode.Uri,
  title: string,
  options: vscode.TextDocumentShowOptions,
): Thenable<unknown> {
  return vscode.commands.executeCommand('vscode.diff', left, right, plainLine(title), options);
}
