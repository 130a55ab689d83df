/** Shows an edit as a diff beside its file: where Auto Save would write what nobody has accepted yet, and for a cell. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { placeOf } from '../../base/host/place.ts';
import { type Region, regionText } from '../common/region.ts';
import type { CodeTools } from './code/codeTools.ts';
import type { EditSession } from './editSession.ts';

/** VS Code saves the document by itself, soon after every change. */
export function savesByItself(document: vscode.TextDocument): boolean {
  return !document.isUntitled && autoSave(document).get('autoSave') === 'afterDelay';
}

/** The session's proposal is out of the document. Without Auto Save the edit can go on in place. */
export async function reviewEdit(
  session: EditSession,
  { propose }: Pick<CodeTools, 'propose'>,
): Promise<void> {
  const { document } = session;
  const { region } = session.preview;
  const isCell = placeOf(document).cell !== undefined;
  const offer =
    !isCell && isUsersOwn(document)
      ? { label: l10n.t('Turn Auto Save Off'), run: () => goOnInPlace(session) }
      : undefined;
  const lead = isCell
    ? l10n.t('In a notebook, a change waits in a diff until you accept it.')
    : l10n.t('Auto Save writes every change, so this one waits in a diff until you accept it.');
  await propose(document, (text) => buildText(session, { text, first: region }), { lead, offer });
}

async function goOnInPlace(session: EditSession): Promise<void> {
  await autoSave(session.document).update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  await vscode.window.showTextDocument(session.document);
  if (session.inReview) await session.resume();
}

/** What a workspace sets is not the user's to write: his own setting would change nothing. */
function isUsersOwn(document: vscode.TextDocument): boolean {
  const set = autoSave(document).inspect('autoSave');
  return set?.workspaceValue === undefined && set?.workspaceFolderValue === undefined;
}

function autoSave(document: vscode.TextDocument): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('files', document);
}

/** While the session follows its document, it knows the place; later the lines have to be found again. */
function buildText(
  session: EditSession,
  { text, first }: { text: string; first: Region },
): string | undefined {
  const region = session.inReview ? session.preview.region : first;
  const original = regionText(region);
  const at = text.startsWith(original, region.start) ? region.start : onlyPlace(text, original);
  if (at === undefined) return undefined;
  const lines = region.lines.filter(({ fate }) => fate !== 'old');
  const accepted = lines.map(({ text: own, aside }) => aside ?? own).join('');
  const ended = region.openEnded && at + original.length === text.length;
  return (
    text.slice(0, at) + (ended ? accepted.replace(/\r?\n$/, '') : accepted) + text.slice(at + original.length)
  );
}

function onlyPlace(text: string, part: string): number | undefined {
  const at = part === '' ? -1 : text.indexOf(part);
  return at === -1 || at !== text.lastIndexOf(part) ? undefined : at;
}
