/** Command Simulate a Fault: makes the next answer of the demo fail, to show each error card. */

import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showQuickPick } from '../../base/host/window/quickInput.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import type { Demo, DemoStep } from './demo.ts';
import { readReliability } from './settings.ts';

interface Fault extends vscode.QuickPickItem {
  step: DemoStep;
}

export interface SimulateFaultDependencies {
  demo: Pick<Demo, 'simulate'>;
  views: Pick<ChatViews, 'active'>;
}

export async function simulateFault({ demo, views }: SimulateFaultDependencies): Promise<void> {
  const pieces = [l10n.t('This is the first half of an answer'), l10n.t(' that breaks off'), '…'];
  // All retries must fail, too.
  const times = readReliability().retry.maxAttempts;
  const error = (status: number, code: string, message: string): DemoStep => ({
    error: { status, code, message },
  });
  const faults: Fault[] = [
    { label: l10n.t('The key is refused'), step: error(401, 'InvalidApiKey', 'Invalid API-key provided.') },
    {
      label: l10n.t('Too many requests'),
      step: { ...error(429, 'Throttling.RateQuota', 'Requests rate limit exceeded.'), times },
    },
    {
      label: l10n.t('The free quota is used up'),
      step: error(403, 'AllocationQuota.FreeTierOnly', 'The free tier of the model has been exhausted.'),
    },
    { label: l10n.t('The model was retired'), step: error(404, 'ModelNotFound', 'Model not exist.') },
    {
      label: l10n.t('The content filter, in mid-answer'),
      step: {
        pieces,
        error: {
          status: 400,
          code: 'DataInspectionFailed',
          message: 'Output data may contain inappropriate content.',
          afterPieces: 2,
        },
      },
    },
    { label: l10n.t('The connection is cut'), step: { pieces, cutAfter: 2 } },
    { label: l10n.t('The connection is reset'), step: { pieces, resetAfter: 2 } },
    { label: l10n.t('A web page from a proxy'), step: { html: 502, times } },
    { label: l10n.t('An empty answer'), step: { empty: true, times } },
  ];
  const chosen = await showQuickPick(faults, {
    title: l10n.t('Qiao: Simulate a Fault'),
    placeHolder: l10n.t('The next question of the demo fails like this'),
  });
  if (!chosen) return;
  await demo.simulate(chosen.step);
  await views.active.show();
}
