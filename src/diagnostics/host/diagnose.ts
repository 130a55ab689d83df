/** Runs the diagnostic checks and shows their report. */

import os from 'node:os';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toAbortSignal } from '../../base/host/abortSignal.ts';
import { showInformationMessage, showWarningMessage, withProgress } from '../../base/host/window/messages.ts';
import { checkGroups } from './checkGroups.ts';
import { collectDiagnosticInput, type DiagnosticInputDependencies } from './diagnosticInput.ts';
import { writeReport } from './report.ts';
import type { ReportDocument } from './reportDocument.ts';
import { runChecks } from './runChecks.ts';
import { scrub } from './scrub.ts';

/** What *Diagnose* uses. */
export interface DiagnoseDependencies extends DiagnosticInputDependencies {
  report: Pick<ReportDocument, 'copy' | 'show'>;
  log: Pick<vscode.LogOutputChannel, 'info'>;
}

/** Sends no question to a model. Shows nothing if the user cancels. */
export async function diagnose(dependencies: DiagnoseDependencies): Promise<void> {
  const input = await collectDiagnosticInput(dependencies);
  const results = await withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Qiao: Diagnosing'), cancellable: true },
    async (progress, token) => {
      const signal = toAbortSignal(token);
      const run = runChecks(checkGroups(input), {
        signal,
        onProgress: (ended, all) =>
          progress.report({ increment: 100 / all, message: l10n.t('{0} of {1}', ended, all) }),
      });
      return run.catch((error: unknown) => {
        if (signal.aborted) return undefined;
        throw error;
      });
    },
  );
  if (!results) return;
  const written = writeReport(results, Date.now());
  const report = { ...written, text: scrub(written.text, input.hidden) };
  const { problem, warning } = report.counts;
  dependencies.log.info(`Diagnose: ${problem} problems, ${warning} warnings (${os.platform()})`);
  await dependencies.report.show(report);
  const copy = l10n.t('Copy Report');
  const text =
    problem + warning === 0
      ? l10n.t('Everything that could be checked is in order.')
      : l10n.t('Problems: {0}, warnings: {1}. The report says what to do.', problem, warning);
  const show = problem > 0 ? showWarningMessage : showInformationMessage;
  if ((await show(text, copy)) === copy) await dependencies.report.copy();
}
