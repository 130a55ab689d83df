/** Checks whether the workspace is trusted; otherwise Qiao ignores its system prompt and its prompts. */

import { l10n } from 'vscode';
import { type Check, ok, skipped, warning } from './check.ts';

export interface TrustInput {
  trusted: boolean;
  /** A folder or a workspace is open. */
  open: boolean;
}

export function trustCheck({ trusted, open }: TrustInput): Check {
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
