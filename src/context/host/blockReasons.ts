/** Finds the reason why an attachment is not sent until the user confirms it. */

import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { summarizeHidden } from '../../base/common/hiddenText.ts';
import { likelyBackingFileOf } from '../../base/host/backingFile.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { filesOfDiff } from '../../scm/host/diffText.ts';
import type { BlockReason } from './contextSources.ts';
import { findExclusion } from './exclusions.ts';
import { findSecret } from './findSecret.ts';
import type { Origins } from './origins.ts';
import { isSecretName } from './secretNames.ts';
import { staysInside } from './storedAddress.ts';
import { wholeKinds } from './storedAttachments.ts';

/** Resolves with the first reason that applies, or `undefined` when the attachment may be sent. */
export async function findBlockReason(
  attachment: Attachment,
  origins: Origins,
): Promise<BlockReason | undefined> {
  const named = [...urisOf(attachment), ...(origins.of(attachment)?.files ?? [])].map(likelyBackingFileOf);
  const uris = [...named, ...(await Promise.all(named.map(linkedFrom))).flat()];
  const paths = [...uris.map(({ path }) => path), ...namesIn(attachment)];
  if (paths.some(isSecretName)) return { kind: 'secret-name' };
  const what = findSecret(attachment.text);
  if (what !== undefined) return { kind: 'secret-text', what };
  for (const uri of uris) {
    const exclusion = await findExclusion(uri);
    if (exclusion) return { kind: exclusion.isRefused ? 'refused-patterns' : 'excluded', by: exclusion.by };
  }
  // Both the name and the text are sent.
  const hidden = summarizeHidden(`${attachment.path}\n${attachment.text}`);
  if (hidden?.carriesText) return { kind: 'hidden-text', hidden };
  if (wholeKinds.has(attachment.kind))
    for (const uri of named) if (await leadsOut(uri)) return { kind: 'outside' };
  return undefined;
}

function urisOf({ uri }: Attachment): vscode.Uri[] {
  try {
    return uri === '' ? [] : [vscode.Uri.parse(uri, true)];
  } catch {
    return [];
  }
}

/** The target of a link, as a harmless name may link to another file; none when the file is no link. */
async function linkedFrom(uri: vscode.Uri): Promise<vscode.Uri[]> {
  if (uri.scheme !== 'file') return [];
  const target = await realpath(uri.fsPath).catch(() => uri.fsPath);
  return target === uri.fsPath ? [] : [vscode.Uri.file(target)];
}

/** Whether a file of the workspace is a link, or in a linked folder, whose target is outside all workspace folders. */
async function leadsOut(uri: vscode.Uri): Promise<boolean> {
  if (!vscode.workspace.getWorkspaceFolder(uri)) return false;
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri);
  return !(await staysInside(folders, uri).catch(() => true));
}

/** The paths a diff names, else the attachment's path; without a file the path is only a title. */
function namesIn({ kind, text, uri, path }: Attachment): string[] {
  if (kind === 'changes') return filesOfDiff(text);
  return uri === '' ? [] : [path];
}
