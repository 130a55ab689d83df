/** The editor tab that shows usage: one at a time, kept up to date while it is open. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showSaveDialog } from '../../base/host/window/fileDialogs.ts';
import { createWebviewPanel } from '../../base/host/window/surfaces.ts';
import { reportFailure } from '../../errors/host/reportFailure.ts';
import { fillPage } from '../../ui/host/fillPage.ts';
import { strictPage } from '../../ui/host/pageParts.ts';
import { panelRoots } from '../../ui/host/panelPage.ts';
import { tabIcon } from '../../ui/host/tabIcon.ts';
import { dayOf } from '../common/usageEntry.ts';
import type { UsageHostMessage, UsageStrings } from '../common/usageProtocol.ts';
import { usageViewMessageSchema } from '../common/usageProtocolSchema.ts';
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
  let panel: vscode.WebviewPanel | undefined;
  let ready = false;

  const post = async (): Promise<void> => {
    if (!panel || !ready) return;
    const { rows } = await ledger.table();
    const message: UsageHostMessage = {
      type: 'usage-show',
      strings: usageStrings(),
      today: dayOf(new Date()),
      rows,
    };
    void panel?.webview.postMessage(message);
  };
  const receive = async (raw: unknown): Promise<void> => {
    const { data: message } = usageViewMessageSchema.safeParse(raw);
    if (!message) return;
    try {
      if (message.type === 'usage-ready') {
        ready = true;
        await post();
      } else if (message.type === 'usage-export') await exportUsage(ledger, message.prefix);
      else await vscode.commands.executeCommand('workbench.action.openSettings', `qiao.${message.setting}`);
    } catch (error) {
      await reportFailure(log, message.type, error);
    }
  };
  const refresh = (): void => void post().catch((error) => reportFailure(log, 'usage', error));
  const recorded = meter.onDidRecord(refresh);

  return {
    show() {
      if (panel) {
        panel.reveal();
        return refresh();
      }
      panel = createWebviewPanel('qiao.usage', l10n.t('Usage'), vscode.ViewColumn.Active, {
        enableScripts: true,
        enableFindWidget: true,
        localResourceRoots: panelRoots(extensionUri),
      });
      panel.iconPath = tabIcon(extensionUri);
      panel.webview.onDidReceiveMessage(receive);
      panel.onDidDispose(() => {
        panel = undefined;
        ready = false;
      });
      // Another window may have written meanwhile.
      panel.onDidChangeViewState(refresh);
      const opened = panel;
      fillPage(opened, () => strictPage(opened.webview, extensionUri, 'usage'), log);
    },
    dispose() {
      recorded.dispose();
      panel?.dispose();
    },
  };
}

async function exportUsage(ledger: UsageLedger, prefix: string): Promise<void> {
  const rows = (await ledger.table()).rows.filter(({ day }) => day.startsWith(prefix));
  const name = `qiao-usage${prefix === '' ? '' : `-${prefix}`}.csv`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await showSaveDialog({
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : undefined,
    filters: { CSV: ['csv'] },
    title: l10n.t('Export Usage'),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(usageCsv(rows)));
}

function usageStrings(): UsageStrings {
  return {
    'usage.title': l10n.t('Usage'),
    'usage.period': l10n.t('Period'),
    'usage.today': l10n.t('Today'),
    'usage.month': l10n.t('This month'),
    'usage.all': l10n.t('Everything'),
    'usage.export': l10n.t('Export as CSV'),
    'usage.prices': l10n.t('Set Prices'),
    'usage.budget': l10n.t('Set Budget'),
    'usage.none': l10n.t('Nothing was asked in this period.'),
    'usage.day': l10n.t('Day'),
    'usage.model': l10n.t('Model'),
    'usage.connection': l10n.t('Connection'),
    'usage.requests': l10n.t('Requests'),
    'usage.input': l10n.t('Tokens in'),
    'usage.cached': l10n.t('Of it cached'),
    'usage.output': l10n.t('Tokens out'),
    'usage.reasoning': l10n.t('Of it reasoning'),
    'usage.cost': l10n.t('Cost'),
    'usage.total': l10n.t('Total'),
    'usage.unknown': l10n.t('unknown'),
    'usage.known': l10n.t('{0} + unknown'),
    'usage.unpriced': l10n.t(
      'Requests whose cost is not known: {0}. Costs are reckoned when an answer ends, by the price that is known then.',
    ),
    'usage.uncounted': l10n.t(
      'Requests for which the platform gave no counts, as for answers that were stopped: {0}.',
    ),
  };
}
