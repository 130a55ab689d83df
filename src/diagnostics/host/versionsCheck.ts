/** Which Qiao, VS Code, Node and system this is. */

import { l10n } from 'vscode';
import { type Check, ok } from './check.ts';

export interface VersionFacts {
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

export function versionsCheck(facts: VersionFacts): Check {
  return {
    title: l10n.t('Versions'),
    run: async () =>
      ok(
        [
          `Qiao ${facts.qiao}`,
          `VS Code ${facts.vscode} (${facts.appHost}, ${facts.language})`,
          `Node ${facts.node}`,
          facts.system,
          facts.remote === undefined ? l10n.t('no remote') : l10n.t('remote: {0}', facts.remote),
        ].join(' · '),
      ),
  };
}
