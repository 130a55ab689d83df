/** Choosing a model from the command palette; any other id can be typed. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { AppParts } from './app.ts';
import { readModelSetting, writeModelSetting } from './settings.ts';

interface ModelItem extends vscode.QuickPickItem {
  ref?: string;
}

export async function selectModel({ models }: AppParts): Promise<void> {
  const current = models.normalize(readModelSetting());
  const listed = (await models.groups(current)).flatMap(({ label, models: choices }): ModelItem[] => [
    { label, kind: vscode.QuickPickItemKind.Separator },
    ...choices.map(({ ref, name, detail }) => ({
      label: ref === current ? `$(check) ${name}` : name,
      description: [models.describe(ref).id, detail].filter(Boolean).join(' · '),
      ref,
    })),
  ]);
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = l10n.t('Qiao: Select Model');
  picker.placeholder = l10n.t('Choose a model, or type the id of any other');
  picker.matchOnDescription = true;
  picker.items = listed;
  picker.onDidChangeValue((value) => {
    const id = value.trim();
    const known = listed.some(({ ref }) => ref !== undefined && models.describe(ref).id === id);
    // Last in the list: Enter takes it only where nothing in the list fits.
    const custom: ModelItem = {
      label: l10n.t('Use “{0}”', id),
      ref: models.normalizeTyped(id, current),
      alwaysShow: true,
    };
    picker.items = id === '' || known || /\s/.test(id) ? listed : [...listed, custom];
  });
  const ref = await new Promise<string | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const typed = picker.value.trim();
      const usable = typed !== '' && !/\s/.test(typed);
      resolve(picker.selectedItems[0]?.ref ?? (usable ? models.normalizeTyped(typed, current) : undefined));
    });
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  if (ref !== undefined) await writeModelSetting(ref);
}
