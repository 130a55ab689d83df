/** Why an attachment must wait until the user confirms it. */

import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';
import { summarizeHidden } from '../../base/common/hiddenText.ts';
import { likelyBackingFileOf } from '../../base/host/backingFile.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { filesOfDiff } from '../../scm/host/diffText.ts';
import type { HoldReason } from './contextSources.ts';
import { findExclusion } from './exclusions.ts';
import { findSecret } from './findSecret.ts';
import type { Origins } from './origins.ts';
import { isSecretName } from './secretNames.ts';

export interface HoldReasons {
  of(attachment: Attachment): Promise<HoldReason | undefined>;
}

export function createHoldReasons(origins: Origins): HoldReasons {
  return {
    async of(attachment) {
      const named = [...urisOf(attachment), ...(origins.of(attachment)?.files ?? [])].map(
        likelyBackingFileOf,
      );
      const uris = [...named, ...(await Promise.all(named.map(linkedFrom))).flat()];
      const paths = [...uris.map(({ path }) => path), ...namesIn(attachment)];
      if (paths.some(isSecretName)) return { kind: 'secret-name' };
      const what = findSecret(attachment.text);
      if (what !== undefined) return { kind: 'secret-text', what };
      for (const uri of uris) {
        const exclusion = await findExclusion(uri);
        if (exclusion)
          return { kind: exclusion.isRefused ? 'refused-patterns' : 'excluded', by: exclusion.by };
      }
      // Name and text are sent both.
      const hidden = summarizeHidden(`${attachment.path}\n${attachment.text}`);
      if (hidden?.carriesText) return { kind: 'hidden-text', hidden };
      if (wholeKinds.has(attachment.kind))
        for (const uri of named) if (await leadsOut(uri)) return { kind: 'outside' };
      return undefined;
    },
  };
}

function urisOf({ uri }: Attachment): vscode.Uri[] {
  try {
    return uri === '' ? [] : [vscode.Uri.parse(uri, true)];
  } catch {
    return [];
  }
}

/** Where a link leads: a harmless name may stand for another file. */
async function linkedFrom(uri: vscode.Uri): Promise<vscode.Uri[]> {
  if (uri.scheme !== 'file') return [];
  const target = await realpath(uri.fsPath).catch(() => uri.fsPath);
  return target === uri.fsPath ? [] : [vscode.Uri.file(target)];
}

/** What is named, not seen, before it is attached. */
const wholeKinds: ReadonlySet<Attachment['kind']> = new Set(['file', 'folder', 'image']);

/** Whether it stands in the workspace but a link, of it or of a folder above it, leads to where no folder of it is. */
async function leadsOut(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file' || !vscode.workspace.getWorkspaceFolder(uri)) return false;
  const [target] = await linkedFrom(uri);
  if (!target) return false;
  const roots = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const real = await Promise.all(
    roots.map((folder) => realpath(folder.uri.fsPath).catch(() => folder.uri.fsPath)),
  );
  return !real.some((root) => {
    const inside = relative(root, target.fsPath);
    return !inside.startsWith('..') && !isAbsolute(inside);
  });
}

/** A folder's names are only names; of what has no file, the path is a title. */
function namesIn({ kind, text, uri, path }: Attachment): string[] {
  if (kind === 'changes') return filesOfDiff(text);
  return uri === '' ? [] : [path];
}
