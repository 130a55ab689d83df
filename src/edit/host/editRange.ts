/** Chooses the lines of an edit: the selection, else the symbol at the cursor, else the cursor's line. */

import type * as vscode from 'vscode';
import { findSymbol } from '../../context/host/editorContext.ts';

/** Whole lines of a document. */
export interface LineRange {
  /** 0-based. */
  first: number;
  /** 0 for the empty line after the last line break. */
  count: number;
}

/** Lines. A longer symbol is rewritten only if the user selects it. */
const longestSymbol = 200;

export async function linesToEdit(
  document: vscode.TextDocument,
  selection: vscode.Range,
): Promise<LineRange> {
  if (!selection.isEmpty) return linesOf(document, selection);
  const { start } = selection;
  if (!document.lineAt(start.line).isEmptyOrWhitespace) {
    const symbol = await findSymbol(document, start);
    if (symbol && symbol.range.end.line - symbol.range.start.line < longestSymbol)
      return linesOf(document, symbol.range);
  }
  return linesOf(document, selection);
}

/** The lines of a range, without a last line of which nothing is selected. */
export function linesOf(document: vscode.TextDocument, range: vscode.Range): LineRange {
  const { start, end } = document.validateRange(range);
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const isAfterLast = last === document.lineCount - 1 && document.lineAt(last).text === '';
  return { first: start.line, count: last - start.line + (isAfterLast ? 0 : 1) };
}
