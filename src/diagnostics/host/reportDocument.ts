/** Shows the diagnostics report as a read-only document with code lenses for its steps. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { setStatusBarMessage } from '../../base/host/window/messages.ts';
import { createCodeLens } from '../../base/host/window/surfaces.ts';
import type { Report } from './report.ts';

export interface ReportDocument extends vscode.Disposable {
  /** Replaces the last report, and opens the document beside the editor or where it is open already. */
  show(report: Report): Promise<void>;
  /** Copies the last report to the clipboard. */
  copy(): Promise<void>;
}

const scheme = 'qiao-diagnosis';

export function createReportDocument(): ReportDocument {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const uri = vscode.Uri.from({
    scheme,
    path: `/${l10n.t('Qiao: Diagnosis').replaceAll(/[:：]\s*/g, ' ')}.md`,
  });
  let report: Report | undefined;
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      // After a window reload the tab is still open.
      provideTextDocumentContent: () => report?.text ?? l10n.t('Run “Qiao: Diagnose” for a new report.'),
    }),
    vscode.languages.registerCodeLensProvider({ scheme }, { provideCodeLenses: () => lensesOf(report) }),
  );
  return {
    async show(next) {
      report = next;
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      const open = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => isTabOf(tab, uri)));
      // Avoid an empty editor group.
      const empty = vscode.window.tabGroups.activeTabGroup.tabs.length === 0;
      const beside = empty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
      const viewColumn = open?.viewColumn ?? beside;
      await vscode.window.showTextDocument(document, { viewColumn, preview: false });
    },
    async copy() {
      if (!report) return;
      await vscode.env.clipboard.writeText(report.text);
      setStatusBarMessage(l10n.t('The report is in the clipboard.'), 4000);
    },
    dispose: () => subscriptions.dispose(),
  };
}

function lensesOf(report: Report | undefined): vscode.CodeLens[] {
  const lens = (line: number, command: vscode.Command, icon?: string): vscode.CodeLens =>
    createCodeLens(new vscode.Range(line, 0, line, 0), command, icon);
  const again = lens(0, { title: l10n.t('Diagnose Again'), command: 'qiao.diagnose' }, 'refresh');
  if (!report) return [again];
  return [
    lens(0, { title: l10n.t('Copy Report'), command: 'qiao.copyDiagnosis' }, 'copy'),
    again,
    ...report.steps.map(({ line, command }) =>
      lens(line, { ...command, arguments: command.arguments && [...command.arguments] }),
    ),
  ];
}

function isTabOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}
