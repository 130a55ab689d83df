/** Discards old pending edits of closed windows, and offers their text once more. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isGone } from '../../base/host/pathExists.ts';
import type { Dialogs } from './code/dialogs.ts';
import { type PendingEdit, readPendingEdits, removePendingEdit, storageKey } from './recovery.ts';

const longestWaitMs = 30 * 24 * 60 * 60 * 1000;

/** Call it once, after the window has restored its editors. `now`: milliseconds since the epoch. */
export async function expireEdits(
  state: vscode.Memento,
  dialogs: Pick<Dialogs, 'ask'>,
  now = Date.now(),
): Promise<void> {
  const edits = readPendingEdits(state);
  if (edits.length === 0) {
    if (state.get(storageKey) !== undefined) await state.update(storageKey, undefined);
    return;
  }
  // Edits of earlier versions have no time; they expire from now on.
  if (edits.some(({ at }) => at === undefined))
    await state.update(
      storageKey,
      edits.map((edit) => ({ ...edit, at: edit.at ?? now })),
    );
  // In parallel, since each notification waits for the user.
  await Promise.all(
    readPendingEdits(state).map(async (edit) => {
      if (await isExpired(edit, now)) await forget(edit, state, dialogs);
    }),
  );
}

async function isExpired({ uri, at = 0 }: PendingEdit, now: number): Promise<boolean> {
  // `recoverEdits` handles open documents.
  if (isOpen(uri)) return false;
  return now - at > longestWaitMs || (await isGone(vscode.Uri.parse(uri)));
}

async function forget(
  edit: PendingEdit,
  state: vscode.Memento,
  dialogs: Pick<Dialogs, 'ask'>,
): Promise<void> {
  const uri = vscode.Uri.parse(edit.uri);
  // A new edit of this document may have begun meanwhile.
  if (readPendingEdits(state).find((one) => one.uri === edit.uri)?.at !== edit.at) return;
  const [newest] = edit.states;
  const show = l10n.t('Show Text');
  const text = l10n.t(
    'A change that was proposed in “{0}” was never accepted or rejected, and the file is gone or was not opened for 30 days. Qiao forgets it now.',
    vscode.workspace.asRelativePath(uri),
  );
  removePendingEdit(state, uri);
  if (!newest || (await dialogs.ask({ text, choices: [show] })) !== show) return;
  const content = newest.shown;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

function isOpen(uri: string): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ input }) => input));
  return (
    vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri) ||
    tabs.some((input) => input instanceof vscode.TabInputText && input.uri.toString() === uri)
  );
}
