/** Shows usage in a single editor tab and keeps it up to date. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { saveText } from '../../base/host/window/fileDialogs.ts';
import { createWebviewPanel } from '../../base/host/window/surfaces.ts';
import { createWebviewHost, type WebviewHost } from '../../ui/host/webviewHost.ts';
import { dayOf } from '../common/usageEntry.ts';
import {
  type UsageHostMessage,
  type UsageViewMessage,
  usageViewMessageSchema,
} from '../common/usageProtocol.ts';
import { usageCsv } from '../common/usageTable.ts';
import type { UsageLedger } from './ledger.ts';
import type { UsageMeter } from './usageMeter.ts';

export interface UsagePage extends vscode.Disposable {
  show(): void;
}

export interface UsagePageOptions {
  extensionUri: vscode.Uri;
  ledger: UsageLedger;
  meter: UsageMeter;
  log: vscode.LogOutputChannel;
}

export function createUsagePage({ extensionUri, ledger, meter, log }: UsagePageOptions): UsagePage {
  let host: WebviewHost<UsageHostMessage, UsageViewMessage, vscode.WebviewPanel> | undefined;

  const post = async (): Promise<void> => {
    if (!host?.isReady) return;
    const { rows } = await ledger.table();
    host?.post({ type: 'usage-show', today: dayOf(new Date()), rows });
  };
  const refresh = (): void => void post().catch((error) => reportFailure(log, 'usage', error));
  const recorded = meter.onDidRecord(refresh);

  function open(): void {
    const panel = createWebviewPanel('qiao.usage', l10n.t('Usage'), vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    const opened: typeof host = createWebviewHost(panel, { extensionUri, log, page: 'usage' });
    host = opened;
    opened.own({
      dispose() {
        host = undefined;
      },
    });
    opened.listen({
      schema: usageViewMessageSchema,
      handlers: {
        'usage-ready': () => {
          opened.isReady = true;
          return post();
        },
        'usage-export': ({ prefix }) => exportUsage(ledger, prefix),
        'usage-settings': ({ setting }) =>
          vscode.commands.executeCommand('workbench.action.openSettings', `qiao.${setting}`),
      },
    });
    // Another window may have added entries.
    panel.onDidChangeViewState(refresh);
  }

  return {
    show() {
      if (!host) return open();
      host.place.reveal();
      refresh();
    },
    dispose() {
      recorded.dispose();
      host?.place.dispose();
    },
  };
}

async function exportUsage(ledger: UsageLedger, prefix: string): Promise<void> {
  const rows = (await ledger.table()).rows.filter(({ day }) => day.startsWith(prefix));
  const name = `qiao-usage${prefix === '' ? '' : `-${prefix}`}.csv`;
  await saveText({
    name,
    filters: { CSV: ['csv'] },
    title: l10n.t('Export Usage'),
    text: () => usageCsv(rows),
  });
}
