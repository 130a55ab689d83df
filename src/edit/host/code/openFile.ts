/** Opens files that an answer names, if they are in the workspace or attached. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type FileReference, parseFileReference } from '../../../base/common/fileReference.ts';
import { pathExists } from '../../../base/host/pathExists.ts';
import { UserError } from '../../../base/host/userError.ts';
import { showQuickPick } from '../../../base/host/window/quickInput.ts';
import type { Attachment } from '../../../chat/common/conversation.ts';
import { staysInside, usableAddress } from '../../../context/host/storedAddress.ts';
import { filesInWorkspace } from './documents.ts';

/** The conversation's attachments. Their URIs are untrusted; see `usableAddress`. */
type Attached = readonly Pick<Attachment, 'kind' | 'uri' | 'path'>[];

/** Maximum number of files in a search by name. */
const mostFound = 20;

/**
 * Opens the file at the referenced lines; asks if several files match. Throws a `UserError` if none does. Outside the
 * workspace it opens only files that were attached in this window.
 */
export async function openFile(text: string, attached: Attached): Promise<void> {
  const reference = parseFileReference(text);
  const found = reference ? await filesOf(reference, attached, true) : [];
  if (!reference || found.length === 0)
    throw new UserError(l10n.t('There is no {0} in this workspace.', text));
  const uri = found.length === 1 ? found[0] : await pickFile(found, reference);
  if (!uri) return;
  const { line, endLine = line } = reference;
  const selection =
    line === undefined || endLine === undefined
      ? undefined
      : new vscode.Range(line - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
  await vscode.commands.executeCommand('vscode.open', uri, {
    preview: true,
    viewColumn: vscode.ViewColumn.One,
    ...(selection ? { selection } : {}),
  } satisfies vscode.TextDocumentShowOptions);
}

/** The references that `openFile` would open without a search by name. */
export async function filesThere(texts: readonly string[], attached: Attached): Promise<string[]> {
  const found = await Promise.all(
    texts.map(async (text) => {
      const reference = parseFileReference(text);
      return reference && (await filesOf(reference, attached, false)).length > 0 ? [text] : [];
    }),
  );
  return found.flat();
}

async function filesOf({ path }: FileReference, attached: Attached, search: boolean): Promise<vscode.Uri[]> {
  const named = attached.filter(
    ({ kind, path: own }) => kind !== 'folder' && (own === path || `/${own}`.endsWith(`/${path}`)),
  );
  const usable = await Promise.all(named.map(usableAddress));
  const known = usable.filter((uri) => uri !== undefined);
  const here = await Promise.all(known.map(async (uri) => ((await pathExists(uri)) ? uri : undefined)));
  const below = await filesBelow(path);
  const all = [...here.filter((uri) => uri !== undefined), ...below];
  if (all.length === 0 && search && !path.includes('/')) all.push(...(await searchName(path)));
  return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
}

/** The files with this path in the workspace folders; a relative path may start with a folder's name. */
async function filesBelow(path: string): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!/^\/|^[A-Za-z]:/.test(path)) return [...(await filesInWorkspace(path)).existing];
  const absolute = smallDrive(path.startsWith('/') ? path : `/${path}`);
  const found = await Promise.all(
    folders
      .filter(({ uri }) => absolute.startsWith(`${smallDrive(uri.path)}/`))
      .map(({ uri }) => filesInWorkspace(absolute.slice(uri.path.length + 1), [{ uri, name: '' }])),
  );
  return found.flatMap(({ existing }) => existing);
}

/** Lower-cases the drive letter, which is case-insensitive. */
function smallDrive(path: string): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}

async function searchName(name: string): Promise<vscode.Uri[]> {
  const plain = name.replaceAll(/[[\]{}*?]/g, (sign) => `[${sign}]`);
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const found = await vscode.workspace.findFiles(`**/${plain}`, undefined, mostFound);
  const inside = await Promise.all(found.map((uri) => staysInside(roots, uri)));
  return found.filter((_, index) => inside[index]);
}

async function pickFile(
  files: readonly vscode.Uri[],
  { path }: FileReference,
): Promise<vscode.Uri | undefined> {
  const picked = await showQuickPick(
    files.map((uri) => ({
      label: vscode.workspace.asRelativePath(uri),
      iconPath: vscode.ThemeIcon.File,
      resourceUri: uri,
      uri,
    })),
    { title: l10n.t('Which {0}?', path) },
  );
  return picked?.uri;
}
