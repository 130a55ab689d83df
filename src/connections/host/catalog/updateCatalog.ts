/** Command Update Catalog: reads a catalog from a file or an address, shows the changes, and applies them if the user agrees. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toAbortSignal } from '../../../base/host/abortSignal.ts';
import { UserError } from '../../../base/host/userError.ts';
import { showOpenDialog } from '../../../base/host/window/fileDialogs.ts';
import { showInformationMessage, withProgress } from '../../../base/host/window/messages.ts';
import { showInputBox, showQuickPick } from '../../../base/host/window/quickInput.ts';
import type { ChatViews } from '../../../chat/host/chatViews.ts';
import { type CatalogChange, catalogChanges } from '../../../providers/catalog/catalog.ts';
import type { Catalog } from '../../../providers/common/catalogSchema.ts';
import { readNetworkOptions } from '../network.ts';
import { addressProblem } from './catalogAddress.ts';
import type { CatalogStore } from './catalogStore.ts';
import { largestCatalog, parseCatalog } from './parseCatalog.ts';

export interface UpdateCatalogDependencies {
  catalog: CatalogStore;
  /** Their composers show model names and limits. */
  views: Pick<ChatViews, 'all'>;
}

/** The most changes that the question lists. */
const shownChanges = 15;

export async function updateCatalog({ catalog, views }: UpdateCatalogDependencies): Promise<void> {
  const source = await pickSource(catalog);
  if (source === 'reset') {
    await catalog.apply(undefined);
    await updateComposers(views);
    void showInformationMessage(l10n.t('The catalog is the one that came with Qiao again.'));
    return;
  }
  const text = source === 'file' ? await readFile() : source === 'address' ? await readAddress() : undefined;
  if (text === undefined) return;
  const update = parse(text);
  const changes = catalogChanges(update);
  if (changes.length === 0) {
    void showInformationMessage(l10n.t('Nothing in the catalog would change.'));
    return;
  }
  const apply = l10n.t('Apply');
  const question =
    changes.length === 1
      ? l10n.t('One model changes in the catalog.')
      : l10n.t('{0} models change in the catalog.', changes.length);
  const chosen = await showInformationMessage(
    question,
    { modal: true, detail: describeChanges(changes) },
    apply,
  );
  if (chosen !== apply) return;
  await catalog.apply(update);
  await updateComposers(views);
  const done =
    changes.length === 1
      ? l10n.t('The catalog is up to date: one model changed.')
      : l10n.t('The catalog is up to date: {0} models changed.', changes.length);
  void showInformationMessage(done);
}

async function pickSource({ updated }: CatalogStore): Promise<'file' | 'address' | 'reset' | undefined> {
  const items = [
    { label: l10n.t('From a file…'), iconPath: new vscode.ThemeIcon('file'), source: 'file' as const },
    {
      label: l10n.t('From an address…'),
      iconPath: new vscode.ThemeIcon('globe'),
      source: 'address' as const,
    },
    ...(updated
      ? [
          {
            label: l10n.t('Back to the catalog that came with Qiao'),
            iconPath: new vscode.ThemeIcon('discard'),
            source: 'reset' as const,
          },
        ]
      : []),
  ];
  const title = l10n.t('Update Catalog');
  return (await showQuickPick(items, { title }))?.source;
}

async function readFile(): Promise<string | undefined> {
  const [file] =
    (await showOpenDialog({ title: l10n.t('Update Catalog'), filters: { JSON: ['json'] } })) ?? [];
  if (!file) return undefined;
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largestCatalog) throw tooLarge();
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function readAddress(): Promise<string | undefined> {
  const address = await showInputBox({
    title: l10n.t('Update Catalog'),
    prompt: l10n.t('The address of a catalog in JSON'),
    placeHolder: 'https://',
    ignoreFocusOut: true,
    validateInput: (value) => problemText(value.trim()),
  });
  if (address === undefined) return undefined;
  return withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Fetching the catalog…'),
      cancellable: true,
    },
    async (_progress, token) => {
      const signal = toAbortSignal(token);
      try {
        const { fetchCatalog } = await import('./fetchCatalog.ts');
        return await fetchCatalog(address.trim(), readNetworkOptions(), signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        throw new UserError(l10n.t('The catalog could not be fetched: {0}', messageOf(error)));
      }
    },
  );
}

function problemText(address: string): string | undefined {
  switch (addressProblem(address)) {
    case 'no-address':
      return l10n.t('Give an address that begins with https://');
    case 'not-encrypted':
      return l10n.t('Only https:// is allowed, but for this machine');
    case 'credentials':
      return l10n.t('The address must not hold a user or a password');
    case undefined:
      return undefined;
  }
}

function parse(text: string): Catalog {
  try {
    return parseCatalog(text);
  } catch (error) {
    throw new UserError(l10n.t('This is no catalog that Qiao can read. {0}', messageOf(error)));
  }
}

function describeChanges(changes: readonly CatalogChange[]): string {
  const lines = changes.slice(0, shownChanges).map(({ provider, id, changed }) => {
    const model = `${provider}/${id}`;
    return changed ? `${model}: ${changed.join(', ')}` : l10n.t('{0}: new', model);
  });
  const more = changes.length - lines.length;
  return [...lines, ...(more > 0 ? [l10n.t('… and {0} more', more)] : [])].join('\n');
}

async function updateComposers(views: UpdateCatalogDependencies['views']): Promise<void> {
  for (const view of views.all) view.post({ type: 'composer-change', composer: await view.composer.state() });
}

function tooLarge(): UserError {
  return new UserError(l10n.t('This file is too large for a catalog.'));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
