/** What `#` offers besides files and symbols: the kinds, as far as there is something of each. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { attachedName } from '../../base/host/documentInfo.ts';
import { hasGit } from '../../base/host/gitApi.ts';
import { fileInFront, type LastEditor } from '../../base/host/lastEditor.ts';
import { pathOf } from '../../base/host/paths.ts';
import type { ContextItem } from './contextSources.ts';
import { tabUris } from './recentFiles.ts';

/** The kinds that `resolve` knows; the id of an item is one of them, or begins with `file:` or `symbol:`. */
export type MenuId =
  | 'selection'
  | 'active-file'
  | 'editors'
  | 'file-symbol'
  | 'file-problems'
  | 'problems'
  | 'unstaged'
  | 'staged'
  | 'commit'
  | 'terminal-selection'
  | 'terminal-command'
  | 'clipboard'
  | 'folder'
  | 'cell';

type Entry = Omit<ContextItem, 'matches'> & { id: MenuId };

/** In the order in which they are shown; without what there is nothing of. */
export function menuItems(lastEditor: Pick<LastEditor, 'get'>): ContextItem[] {
  const entries = [...editorEntries(lastEditor.get()), ...workspaceEntries()];
  return entries.map((entry) => ({ ...entry, matches: [] }));
}

function editorEntries(editor: vscode.TextEditor | undefined): Entry[] {
  const entries: Entry[] = [];
  const thisFile = (detail: string): Entry => {
    return { id: 'active-file', icon: 'file', label: l10n.t('This File'), detail, kind: 'file' };
  };
  const covering = fileInFront();
  if (covering) entries.push(thisFile(pathOf(covering)));
  if (editor) {
    const detail = attachedName(editor.document);
    const { selection } = editor;
    if (!selection.isEmpty) {
      const lines = `${detail}:${selection.start.line + 1}–${selection.end.line + 1}`;
      entries.push({
        id: 'selection',
        icon: 'selection',
        label: l10n.t('Selection'),
        detail: lines,
        kind: 'selection',
      });
    }
    entries.push(thisFile(detail));
    entries.push({
      id: 'file-symbol',
      icon: 'symbol-method',
      label: l10n.t('Symbol in This File…'),
      detail,
      kind: 'symbol',
    });
    if (vscode.languages.getDiagnostics(editor.document.uri).length > 0)
      entries.push({
        id: 'file-problems',
        icon: 'warning',
        label: l10n.t('Problems in This File'),
        detail,
        kind: 'problems',
      });
  }
  if (vscode.window.activeNotebookEditor) {
    const detail = pathOf(vscode.window.activeNotebookEditor.notebook.uri);
    entries.push({ id: 'cell', icon: 'notebook', label: l10n.t('Notebook Cell'), detail, kind: 'cell' });
  }
  const open = tabUris().length;
  if (open > 0) {
    const detail = open === 1 ? l10n.t('1 file') : l10n.t('{0} files', open);
    entries.push({ id: 'editors', icon: 'files', label: l10n.t('Open Editors'), detail, kind: 'editors' });
  }
  return entries;
}

function workspaceEntries(): Entry[] {
  const entries: Entry[] = [];
  if (vscode.languages.getDiagnostics().some(([, problems]) => problems.length > 0))
    entries.push({
      id: 'problems',
      icon: 'warning',
      label: l10n.t('All Problems'),
      detail: l10n.t('Of the whole workspace'),
      kind: 'problems',
    });
  if (hasGit()) {
    const kind = 'changes';
    entries.push({
      id: 'unstaged',
      icon: 'diff',
      label: l10n.t('Unstaged Changes'),
      detail: l10n.t('Git: what is not staged yet'),
      kind,
    });
    entries.push({
      id: 'staged',
      icon: 'diff-added',
      label: l10n.t('Staged Changes'),
      detail: l10n.t('Git: what the next commit will hold'),
      kind,
    });
    entries.push({
      id: 'commit',
      icon: 'git-commit',
      label: l10n.t('Commit…'),
      detail: l10n.t('Git: what one commit changed'),
      kind,
    });
  }
  if (vscode.window.terminals.length > 0) {
    const kind = 'terminal';
    const detail = vscode.window.activeTerminal?.name ?? '';
    entries.push({
      id: 'terminal-selection',
      icon: 'terminal',
      label: l10n.t('Terminal Selection'),
      detail,
      kind,
    });
    entries.push({
      id: 'terminal-command',
      icon: 'terminal',
      label: l10n.t('Last Terminal Command'),
      detail,
      kind,
    });
  }
  entries.push({
    id: 'clipboard',
    icon: 'clippy',
    label: l10n.t('Clipboard'),
    detail: l10n.t('Text that was copied'),
    kind: 'clipboard',
  });
  if (vscode.workspace.workspaceFolders)
    entries.push({
      id: 'folder',
      icon: 'folder',
      label: l10n.t('Folder…'),
      detail: l10n.t('The names in it, and files you choose'),
      kind: 'folder',
    });
  return entries;
}
