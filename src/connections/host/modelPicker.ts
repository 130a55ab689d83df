/** Command Select Model: a quick pick of the known models that also accepts any typed id. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createQuickPick } from '../../base/host/window/quickInput.ts';
import type { Chats } from '../../chat/host/chats.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import type { Models } from './models.ts';
import { writeModelSetting } from './settings.ts';

interface ModelItem extends vscode.QuickPickItem {
  ref?: string;
}

/** Sets the model of the open conversation and of new ones. `ref`: may be typed, as an id of the current connection. */
export async function selectModel(
  ref: string,
  { chats, models }: { chats: Pick<Chats, 'current'>; models: Pick<Models, 'normalizeTyped'> },
): Promise<void> {
  const session = chats.current;
  const model = models.normalizeTyped(ref, session.settings.model);
  if (session.conversation.turns.length > 0) session.changeSettings({ model });
  await writeModelSetting(model);
}

export interface PickModelDependencies {
  models: Pick<Models, 'describe' | 'groups' | 'normalizeTyped'>;
  views: Pick<ChatViews, 'active'>;
}

/** Asks for the model of the active chat. Changes nothing if the user cancels. */
export async function pickModel({ models, views }: PickModelDependencies): Promise<void> {
  const { chats } = views.active;
  const current = chats.current.settings.model;
  const listed = (await models.groups(current)).flatMap(({ label, models: choices }): ModelItem[] => [
    { label, kind: vscode.QuickPickItemKind.Separator },
    ...choices.map(({ ref, name, detail }) => ({
      label: name,
      iconPath: ref === current ? new vscode.ThemeIcon('check') : undefined,
      description: [models.describe(ref).id, detail].filter(Boolean).join(' · '),
      ref,
    })),
  ]);
  const picker = createQuickPick<ModelItem>({
    title: l10n.t('Qiao: Select Model'),
    placeholder: l10n.t('Choose a model, or type the id of any other'),
    matchOnDescription: true,
  });
  picker.items = listed;
  picker.onDidChangeValue((value) => {
    const id = value.trim();
    const known = listed.some(({ ref }) => ref !== undefined && models.describe(ref).id === id);
    // Last, so that Enter selects it only if nothing else matches.
    const custom: ModelItem = {
      label: l10n.t('Use “{0}”', id),
      description: l10n.t('not in the catalog: limits and price unknown'),
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
  if (ref !== undefined) await selectModel(ref, { chats, models });
}
