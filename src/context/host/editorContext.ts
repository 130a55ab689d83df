/** Attaches code from the editor: the selection, else the file, else the symbol around the cursor, else the visible lines. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showWarningMessage } from '../../base/host/window/messages.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { estimateTokens } from '../../llm/tokens.ts';
import { toAttachment, visibleRange, wholeRange } from './documentAttachment.ts';
import { parseAddress, usableAddress } from './storedAddress.ts';

/** Limit in tokens for attaching a whole file or symbol. */
const wholeFileTokens = 6000;

/** Several selections are several attachments, in the order of the document. */
export async function attachAllFromEditor(editor: vscode.TextEditor): Promise<Attachment[]> {
  const selected = attachSelections(editor);
  return selected.length > 0 ? selected : [await attachFromEditor(editor)];
}

/** One attachment for each selection; none when nothing is selected. */
export function attachSelections({ document, selections }: vscode.TextEditor): Attachment[] {
  return (
    selectedRanges(selections)
      // Ignore a selection of a line break alone.
      .filter((range) => document.getText(range) !== '')
      .map((range) => toAttachment(document, range, 'selection'))
  );
}

/** The first selection, else the file, the symbol around the cursor, or the visible lines. */
export async function attachFromEditor(editor: vscode.TextEditor): Promise<Attachment> {
  const { document, selection } = editor;
  const [selected] = attachSelections(editor);
  if (selected) return selected;
  const whole = wholeRange(document);
  if (estimateTokens(document.getText()) <= wholeFileTokens) return toAttachment(document, whole, 'file');
  const symbol = await findSymbol(document, selection.active);
  if (symbol && estimateTokens(document.getText(symbol.range)) <= wholeFileTokens) {
    return { ...toAttachment(document, symbol.range, 'symbol'), symbol: symbol.name };
  }
  return toAttachment(document, visibleRange(editor), 'visible');
}

/** Opens the source of an attachment. */
export async function openAttachment(attachment: Attachment): Promise<void> {
  const target = (await usableAddress(attachment)) ?? (await askForOutside(attachment));
  if (target) await show(target, attachment);
}

/** Asks before a file outside the workspace is opened; refuses addresses of other kinds. */
async function askForOutside({ uri, path }: Attachment): Promise<vscode.Uri | undefined> {
  const target = parseAddress(uri);
  if (target?.scheme !== 'file' || target.authority !== '') {
    const text = l10n.t('“{0}” has no address that can be opened here: {1}', path, uri);
    void showWarningMessage(text);
    return undefined;
  }
  const open = l10n.t('Open');
  const text = l10n.t(
    '“{0}” leads to {1}, which was not attached in this window. Open it?',
    path,
    target.fsPath,
  );
  return (await showWarningMessage(text, { modal: true }, open)) === open ? target : undefined;
}

async function show(target: vscode.Uri, { kind, uri, startLine, endLine }: Attachment): Promise<void> {
  try {
    if (kind === 'folder' || kind === 'image') {
      await vscode.workspace.fs.stat(target);
      await vscode.commands.executeCommand(kind === 'folder' ? 'revealInExplorer' : 'vscode.open', target);
      return;
    }
    const isOpen = vscode.workspace.textDocuments.some((known) => known.uri.toString() === uri);
    // VS Code would open a closed untitled document as a new, empty one.
    if (target.scheme === 'untitled' && !isOpen) throw new Error('The document was closed.');
    const document = await vscode.workspace.openTextDocument(target);
    // An attachment without lines, such as problems, opens the file at its last position.
    const selection =
      startLine === 0
        ? undefined
        : document.validateRange(new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER));
    await vscode.window.showTextDocument(document, { selection, viewColumn: vscode.ViewColumn.One });
  } catch {
    void showWarningMessage(l10n.t('The file is no longer there.'));
  }
}

/** More selections become one, from the first to the last. */
const mostSelections = 20;

/** Converts a column selection to whole lines, and joins neighbouring ranges. */
function selectedRanges(selections: readonly vscode.Selection[]): vscode.Range[] {
  const sorted = selections
    .filter(({ isEmpty }) => !isEmpty)
    .toSorted((one, other) => one.start.compareTo(other.start));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return [];
  if (isColumn(sorted))
    return [new vscode.Range(first.start.line, 0, last.end.line, Number.MAX_SAFE_INTEGER)];
  if (sorted.length > mostSelections) return [trimToLines(new vscode.Selection(first.start, last.end))];
  const ranges: vscode.Range[] = [];
  for (const range of sorted.map(trimToLines)) {
    const before = ranges.at(-1);
    if (before && range.start.line <= before.end.line) ranges.splice(-1, 1, before.union(range));
    else ranges.push(range);
  }
  return ranges;
}

/** Whether the selections start at the same column of successive lines; shorter lines have no selection. */
function isColumn(sorted: readonly vscode.Range[]): boolean {
  const [first] = sorted;
  const lines = new Set(sorted.map(({ start }) => start.line));
  return (
    first !== undefined &&
    sorted.length > 1 &&
    lines.size === sorted.length &&
    sorted.every(({ start, isSingleLine }) => isSingleLine && start.character === first.start.character) &&
    (sorted.at(-1)?.end.line ?? 0) - first.start.line < 2 * sorted.length
  );
}

/** Excludes the last line of a selection that ends before its first character. */
export function trimToLines(selection: vscode.Selection): vscode.Range {
  const { start, end } = selection;
  return end.character === 0 && end.line > start.line
    ? new vscode.Range(start, new vscode.Position(end.line - 1, Number.MAX_SAFE_INTEGER))
    : selection;
}

/** The innermost symbol with a body that holds the position. */
export async function findSymbol(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.DocumentSymbol | undefined> {
  const found = await vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  let inner: vscode.DocumentSymbol | undefined;
  let level = (found ?? []).filter((symbol) => 'range' in symbol);
  for (;;) {
    const next = level.find(({ range }) => range.contains(position) && range.end.line > range.start.line);
    if (!next) return inner;
    inner = next;
    level = next.children;
  }
}
