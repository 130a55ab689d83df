/** Shows an edit as a diff, for notebook cells and where Auto Save would write undecided changes. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { documentInfo } from '../../base/host/documentInfo.ts';
import { type Region, regionText } from '../common/region.ts';
import type { CodeTools } from './code/codeTools.ts';
import type { EditSession } from './editSession.ts';

/** Whether Auto Save saves the document after every change. */
export function savesByItself(document: vscode.TextDocument): boolean {
  return !document.isUntitled && autoSave(document).get('autoSave') === 'afterDelay';
}

/** Opens the diff; the session's proposal must be set aside. The user may turn Auto Save off to review it in the document. */
export async function reviewEdit(
  session: EditSession,
  { propose }: Pick<CodeTools, 'propose'>,
): Promise<void> {
  const { document } = session;
  const { region } = session.preview;
  const isCell = documentInfo(document).cell !== undefined;
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

/** Whether no workspace setting overrides the user's; otherwise changing theirs has no effect. */
function isUsersOwn(document: vscode.TextDocument): boolean {
  const set = autoSave(document).inspect('autoSave');
  return set?.workspaceValue === undefined && set?.workspaceFolderValue === undefined;
}

function autoSave(document: vscode.TextDocument): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('files', document);
}

/** The document's text with the new lines. Uses the session's region while it is up to date; else searches for the lines. */
function buildText(
  session: EditSession,
  { text, first }: { text: string; first: Region },
): string | undefined {
  const region = session.inReview ? session.preview.region : first;
  const original = regionText(region);
  const at = text.startsWith(original, region.start) ? region.start : onlyPlace(text, original);
  if (at === undefined) return undefined;
  const lines = region.lines.filter(({ status }) => status !== 'old');
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
