/** Reports the versions of Qiao, VS Code, Node and the operating system. */

import { l10n } from 'vscode';
import { type Check, ok } from './check.ts';

export interface VersionsInput {
  qiao: string;
  vscode: string;
  /** E.g. `desktop`, `web`. */
  appHost: string;
  /** `vscode.env.remoteName`. */
  remote: string | undefined;
  node: string;
  /** E.g. `linux 6.8.0 x64`. */
  system: string;
  language: string;
}

export function versionsCheck(input: VersionsInput): Check {
  return {
    title: l10n.t('Versions'),
    run: async () =>
      ok(
        [
          `Qiao ${input.qiao}`,
          `VS Code ${input.vscode} (${input.appHost}, ${input.language})`,
          `Node ${input.node}`,
          input.system,
          input.remote === undefined ? l10n.t('no remote') : l10n.t('remote: {0}', input.remote),
        ].join(' · '),
      ),
  };
}
