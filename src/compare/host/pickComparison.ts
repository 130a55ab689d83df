/** Lets the user open or delete a stored comparison in a quick pick. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showInformationMessage } from '../../base/host/window/messages.ts';
import { createQuickPick } from '../../base/host/window/quickInput.ts';
import type { Models } from '../../connections/host/models.ts';
import { pendingCells } from '../common/comparison.ts';
import { titleOfComparison } from './compareViews.ts';
import type { ComparisonEntry, ComparisonFiles } from './comparisonFiles.ts';

interface ComparisonItem extends vscode.QuickPickItem {
  entry: ComparisonEntry;
}

/** `undefined` if the user cancels. */
export async function pickComparison(
  files: ComparisonFiles,
  models: Models,
): Promise<ComparisonEntry | undefined> {
  const entries = await files.list();
  if (entries.length === 0) {
    void showInformationMessage(l10n.t('There are no comparisons yet.'));
    return undefined;
  }
  const remove: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: l10n.t('Delete Comparison'),
  };
  const picker = createQuickPick<ComparisonItem>({
    title: l10n.t('Open Comparison'),
    placeholder: l10n.t('Choose a comparison'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  picker.items = entries.map((entry) => toItem(entry, models, remove));
  picker.onDidTriggerItemButton(async ({ item: { entry } }) => {
    await files.remove(entry.id);
    picker.items = picker.items.filter((item) => item.entry.id !== entry.id);
  });
  const chosen = await new Promise<ComparisonEntry | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]?.entry));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  return chosen;
}

function toItem(entry: ComparisonEntry, models: Models, remove: vscode.QuickInputButton): ComparisonItem {
  const { comparison } = entry;
  const { questions, columns } = comparison;
  const total = questions.length * columns.length;
  const answered = total - pendingCells(comparison, { failed: true }).length;
  return {
    entry,
    label: titleOfComparison(comparison),
    description: new Date(comparison.createdAt).toLocaleString(vscode.env.language),
    detail: [
      l10n.t('{0} of {1} answered', answered, total),
      columns.map(({ model }) => models.describe(model).name).join(', '),
    ].join(' · '),
    buttons: [remove],
  };
}
