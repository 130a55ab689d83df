/** Lists what `#` offers besides files and symbols: the kinds of context that are available now. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { attachedName } from '../../base/host/documentInfo.ts';
import { hasGit } from '../../base/host/gitApi.ts';
import { fileInFront, type LastEditor } from '../../base/host/lastEditor.ts';
import { pathOf } from '../../base/host/paths.ts';
import type { ContextItem } from './contextSources.ts';
import { tabUris } from './recentFiles.ts';

/** Icon (a codicon) and kind of each item, by its id; `resolve` knows the same ids. */
const looks = {
  selection: ['selection', 'selection'],
  'active-file': ['file', 'file'],
  'file-symbol': ['symbol-method', 'symbol'],
  'file-problems': ['warning', 'problems'],
  cell: ['notebook', 'cell'],
  editors: ['files', 'editors'],
  problems: ['warning', 'problems'],
  unstaged: ['diff', 'changes'],
  staged: ['diff-added', 'changes'],
  commit: ['git-commit', 'changes'],
  'terminal-selection': ['terminal', 'terminal'],
  'terminal-command': ['terminal', 'terminal'],
  clipboard: ['clippy', 'clipboard'],
  folder: ['folder', 'folder'],
} as const satisfies Record<string, readonly [icon: string, kind: ContextItem['kind']]>;

export type MenuId = keyof typeof looks;

type Add = (id: MenuId, label: string, detail: string) => void;

/** The items in the order in which they are shown. */
export function menuItems(lastEditor: Pick<LastEditor, 'get'>): ContextItem[] {
  const items: ContextItem[] = [];
  const add: Add = (id, label, detail) => {
    const [icon, kind] = looks[id];
    items.push({ id, icon, label, detail, kind, matches: [] });
  };
  addEditorItems(lastEditor.get(), add);
  addWorkspaceItems(add);
  return items;
}

function addEditorItems(editor: vscode.TextEditor | undefined, add: Add): void {
  const covering = fileInFront();
  if (covering) add('active-file', l10n.t('This File'), pathOf(covering));
  if (editor) {
    const detail = attachedName(editor.document);
    const { selection } = editor;
    const lines = `${detail}:${selection.start.line + 1}–${selection.end.line + 1}`;
    if (!selection.isEmpty) add('selection', l10n.t('Selection'), lines);
    add('active-file', l10n.t('This File'), detail);
    add('file-symbol', l10n.t('Symbol in This File…'), detail);
    if (vscode.languages.getDiagnostics(editor.document.uri).length > 0)
      add('file-problems', l10n.t('Problems in This File'), detail);
  }
  const { activeNotebookEditor } = vscode.window;
  if (activeNotebookEditor) add('cell', l10n.t('Notebook Cell'), pathOf(activeNotebookEditor.notebook.uri));
  const open = tabUris().length;
  if (open > 0)
    add('editors', l10n.t('Open Editors'), open === 1 ? l10n.t('1 file') : l10n.t('{0} files', open));
}

function addWorkspaceItems(add: Add): void {
  if (vscode.languages.getDiagnostics().some(([, problems]) => problems.length > 0))
    add('problems', l10n.t('All Problems'), l10n.t('Of the whole workspace'));
  if (hasGit()) {
    add('unstaged', l10n.t('Unstaged Changes'), l10n.t('Git: what is not staged yet'));
    add('staged', l10n.t('Staged Changes'), l10n.t('Git: what the next commit will hold'));
    add('commit', l10n.t('Commit…'), l10n.t('Git: what one commit changed'));
  }
  if (vscode.window.terminals.length > 0) {
    const name = vscode.window.activeTerminal?.name ?? '';
    add('terminal-selection', l10n.t('Terminal Selection'), name);
    add('terminal-command', l10n.t('Last Terminal Command'), name);
  }
  add('clipboard', l10n.t('Clipboard'), l10n.t('Text that was copied'));
  if (vscode.workspace.workspaceFolders)
    add('folder', l10n.t('Folder…'), l10n.t('The names in it, and files you choose'));
}
