/** Puts files, folders and cells into the composer; the question is typed there. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { fileInFront, type LastEditor, whyNoEditor } from '../../base/host/lastEditor.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import type { ContextSources } from './contextSources.ts';

export interface AttachDependencies {
  views: Pick<ChatViews, 'active'>;
  sources: Pick<ContextSources, 'fromCell' | 'fromUris' | 'resolve'>;
  lastEditor: Pick<LastEditor, 'get'>;
}

/** From the explorer the item under the mouse and all that are selected; else the file in sight. */
export async function attachFiles(
  dependencies: AttachDependencies,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const several: unknown[] = Array.isArray(selected) ? selected : [];
  const given = [...several, clicked].filter((one) => one instanceof vscode.Uri);
  const uris = new Map(given.map((uri) => [uri.toString(), uri]));
  const open = dependencies.lastEditor.get()?.document.uri ?? fileInFront();
  if (uris.size === 0 && !open) throw new UserError(whyNoEditor(l10n.t('No file is open.')));
  await attachAndShow(
    dependencies,
    await dependencies.sources.fromUris(uris.size > 0 ? [...uris.values()] : open ? [open] : []),
  );
}

/** The cell whose button was pressed, else the selected one. Throws when no notebook is in front. */
export async function askCell(
  dependencies: Pick<AttachDependencies, 'sources' | 'views'>,
  pressed: unknown,
): Promise<void> {
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  const cell = cells.find((one) => one === pressed);
  const { sources } = dependencies;
  await attachAndShow(dependencies, cell ? [await sources.fromCell(cell)] : await sources.resolve('cell'));
}

/** Nothing happens when the user gave up choosing. */
export async function attachAndShow(
  { views }: Pick<AttachDependencies, 'views'>,
  attachments: readonly Attachment[],
): Promise<void> {
  if (attachments.length === 0) return;
  const view = views.active;
  await view.attachments.add(attachments);
  await view.show();
}
