/** Labels of the buttons in error cards and notices. */

import * as l10n from '@vscode/l10n';
import type { PanelAction } from '../common/protocol.ts';

/** In the user's language. */
export function actionLabel(action: PanelAction): string {
  const labels: Record<PanelAction, string> = {
    'set-api-key': l10n.t('Set API Key'),
    'try-demo': l10n.t('Try Without a Key'),
    'test-connection': l10n.t('Test Connection'),
    diagnose: l10n.t('Diagnose'),
    'open-settings': l10n.t('Open Settings'),
    'show-log': l10n.t('Show Log'),
    retry: l10n.t('Retry'),
    'attach-selection': l10n.t('Attach Selection'),
    'migrate-profile': l10n.t('Migrate to v2'),
    'switch-model': l10n.t('Switch Model'),
    'manage-connections': l10n.t('Manage Connections'),
    'check-address': l10n.t('Check Address'),
    inspect: l10n.t('Inspect Request'),
  };
  return labels[action];
}
