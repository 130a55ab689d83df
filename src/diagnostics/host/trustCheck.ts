/** Whether the workspace is trusted: in one that is not, its system prompt and its prompts are left alone. */

import { l10n } from 'vscode';
import { type Check, ok, skipped, warning } from './check.ts';

export interface TrustFacts {
  trusted: boolean;
  /** A folder or a workspace is open. */
  open: boolean;
}

export function trustCheck({ trusted, open }: TrustFacts): Check {
  return {
    title: l10n.t('Workspace trust'),
    async run() {
      if (trusted)
        return open ? ok(l10n.t('The workspace is trusted.')) : skipped(l10n.t('No folder is open.'));
      return warning(
        l10n.t(
          'The workspace is not trusted: its own system prompt and prompts are not used, the rest works.',
        ),
        {
          text: l10n.t('Trust it if you know who wrote it.'),
          command: { title: l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' },
        },
      );
    },
  };
}
