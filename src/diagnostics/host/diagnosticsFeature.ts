/** The commands that say what is wrong: the diagnosis, whose checks are loaded with the first one, and the log. */

import type * as vscode from 'vscode';
import type { Feature } from '../../base/host/feature.ts';
import type { DiagnoseDependencies } from './diagnose.ts';
import { createReportDocument } from './reportDocument.ts';

export interface DiagnosticsDependencies extends Omit<DiagnoseDependencies, 'report'> {
  log: Pick<vscode.LogOutputChannel, 'info' | 'show'>;
}

export function createDiagnostics(dependencies: DiagnosticsDependencies): Feature<'diagnostics'> {
  const report = createReportDocument();
  return {
    commands: {
      'qiao.diagnose': async () => (await import('./diagnose.ts')).diagnose({ ...dependencies, report }),
      'qiao.copyDiagnosis': () => report.copy(),
      'qiao.showLog': async () => dependencies.log.show(),
    },
    dispose: () => report.dispose(),
  };
}
