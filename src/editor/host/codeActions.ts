/** Offers code actions for problems and code; offering them loads no other code. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { mayBeWritable } from '../../base/host/documentInfo.ts';
import { isCode } from '../../base/host/isCode.ts';
import { createCodeAction } from '../../base/host/window/surfaces.ts';

const { QuickFix, Refactor } = vscode.CodeActionKind;

export function registerCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: '*' },
    { provideCodeActions },
    { providedCodeActionKinds: [QuickFix, Refactor] },
  );
}

function provideCodeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics, only, triggerKind }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  if (!isCode(document)) return [];
  const wants = (kind: vscode.CodeActionKind): boolean => !only || only.contains(kind);
  const actions: vscode.CodeAction[] = [];
  const problems = diagnostics.filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
  if (problems.length > 0 && wants(QuickFix)) actions.push(...problemActions(document, problems));
  // Without a selection, offer refactorings only on request, so that the lightbulb is not shown on every line.
  const asked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
  const blank = range.isEmpty && document.lineAt(range.start.line).isEmptyOrWhitespace;
  if (wants(Refactor) && !blank && (asked || !range.isEmpty)) actions.push(...codeActions(document, range));
  return actions;
}

function problemActions(
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const range = diagnostics.map((one) => one.range).reduce((sum, one) => sum.union(one));
  const about = (title: string, command: string): vscode.CodeAction => ({
    ...createCodeAction({ title, command, arguments: [document.uri, range] }, QuickFix),
    diagnostics: [...diagnostics],
  });
  const explain = about(l10n.t('Explain with Qiao'), 'qiao.explainProblem');
  // A document with a pending edit, or a read-only one, can't be fixed.
  return mayBeWritable(document) ? [about(l10n.t('Fix with Qiao'), 'qiao.fixProblem'), explain] : [explain];
}

function codeActions({ uri }: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
  // `range` may be a Selection; commands expect a Range.
  const args = [uri, new vscode.Range(range.start, range.end)];
  return [
    { title: l10n.t('Explain Code with Qiao'), command: 'qiao.explainCode' },
    { title: l10n.t('Write Tests with Qiao'), command: 'qiao.writeTests' },
    { title: l10n.t('Write Documentation with Qiao'), command: 'qiao.writeDocumentation' },
  ].map((one) => createCodeAction({ ...one, arguments: args }, Refactor));
}
