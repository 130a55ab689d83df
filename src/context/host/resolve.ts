/** Makes attachments of picked items and of URIs. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { fileInFront, type LastEditor, whyNoEditor } from '../../base/host/lastEditor.ts';
import { UserError } from '../../base/host/userError.ts';
import { showWarningMessage } from '../../base/host/window/messages.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { attachActiveCell, attachCell } from './cell.ts';
import { attachCommit, attachUncommitted } from './changes.ts';
import { attachClipboard, attachTerminalCommand, attachTerminalSelection } from './clipboard.ts';
import type { ContextSources } from './contextSources.ts';
import { attachSelections } from './editorContext.ts';
import { pickFolder, pickFromFolder } from './folder.ts';
import type { MenuId } from './menu.ts';
import type { Origins } from './origins.ts';
import { attachAllProblems, attachFileProblems } from './problems.ts';
import { isFolder, readUri } from './readUri.ts';
import { tabUris } from './recentFiles.ts';
import { attachSymbol, type FoundSymbol, pickDocumentSymbol } from './symbols.ts';

export interface ResolverOptions {
  origins: Origins;
  lastEditor: Pick<LastEditor, 'get'>;
  /** The offered symbols by the ids of their items. */
  symbols: ReadonlyMap<string, FoundSymbol>;
}

/** See `ContextSources`. */
export function createResolver({ origins, lastEditor, symbols }: ResolverOptions): Pick<
  ContextSources,
  'resolve' | 'fromUris'
> & {
  fromCell(cell: vscode.NotebookCell): Attachment;
} {
  const fromUris: ContextSources['fromUris'] = async (uris) => {
    const made: Attachment[] = [];
    const failures: string[] = [];
    for (const uri of uris) {
      try {
        made.push(...(await fromUri(uri)));
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    const [first] = failures;
    if (first === undefined) return made;
    const message = failures.length === 1 ? first : l10n.t('{0} (and {1} more)', first, failures.length - 1);
    if (made.length === 0) throw new UserError(message);
    void showWarningMessage(message);
    return made;
  };
  const fromUri = async (uri: vscode.Uri): Promise<readonly Attachment[]> =>
    (await isFolder(uri)) ? await fromFolder(uri) : [await readUri(uri)];
  const fromFolder = async (uri: vscode.Uri | undefined): Promise<readonly Attachment[]> => {
    const picked = uri && (await pickFromFolder(uri, origins));
    if (!picked) return [];
    return [picked.tree, ...(picked.files.length > 0 ? await fromUris(picked.files) : [])];
  };
  const editor = (): vscode.TextEditor => {
    const found = lastEditor.get();
    if (!found) throw new UserError(whyNoEditor(l10n.t('No file is open.')));
    return found;
  };
  const documentUri = (): vscode.Uri => editor().document.uri;
  const one = (attachment: Attachment | undefined): readonly Attachment[] => (attachment ? [attachment] : []);

  const actions: Record<MenuId, () => Promise<readonly Attachment[]>> = {
    selection: async () => selectionsOf(editor()),
    'active-file': async () => [await readUri(fileInFront() ?? documentUri())],
    editors: async () => await fromUris(tabUris()),
    'file-symbol': async () => {
      const symbol = await pickDocumentSymbol(documentUri());
      return symbol ? [await attachSymbol(symbol)] : [];
    },
    'file-problems': async () => [await attachFileProblems(documentUri(), origins)],
    problems: async () => [await attachAllProblems(origins)],
    unstaged: async () => one(await attachUncommitted('unstaged', origins)),
    staged: async () => one(await attachUncommitted('staged', origins)),
    commit: async () => one(await attachCommit(origins)),
    'terminal-selection': async () => [await attachTerminalSelection()],
    'terminal-command': async () => [await attachTerminalCommand()],
    clipboard: async () => [await attachClipboard(origins)],
    folder: async () => await fromFolder(await pickFolder()),
    cell: async () => [attachActiveCell(origins)],
  };

  return {
    fromUris,
    fromCell: (cell) => attachCell(cell, origins),
    async resolve(id) {
      if (id.startsWith('file:')) return await fromUris([vscode.Uri.parse(id.slice('file:'.length), true)]);
      const symbol = symbols.get(id);
      if (symbol) return [await attachSymbol(symbol)];
      if (isMenuId(id, actions)) return await actions[id]();
      throw new UserError(l10n.t('That is no longer there. Search again.'));
    },
  };
}

function selectionsOf(editor: vscode.TextEditor): readonly Attachment[] {
  const selected = attachSelections(editor);
  if (selected.length === 0) throw new UserError(l10n.t('Nothing is selected in the editor.'));
  return selected;
}

function isMenuId(id: string, actions: Record<MenuId, unknown>): id is MenuId {
  return Object.hasOwn(actions, id);
}
