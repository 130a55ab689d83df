/** Decorates the lines of a pending edit: removed ones red, added ones green. */

import * as vscode from 'vscode';
import type { EditSession } from './editSession.ts';

export interface EditDecorations extends vscode.Disposable {
  update(session: EditSession): void;
}

export function createEditDecorations(): EditDecorations {
  const lines = (name: 'inserted' | 'removed'): vscode.TextEditorDecorationType =>
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor(`diffEditor.${name}LineBackground`),
      overviewRulerColor: new vscode.ThemeColor(`diffEditorOverview.${name}Foreground`),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
      // Only high-contrast themes have this colour; they have no backgrounds, so the border style distinguishes the two.
      borderWidth: '1px',
      borderStyle: name === 'inserted' ? 'solid' : 'dashed',
      borderColor: new vscode.ThemeColor(`diffEditor.${name}TextBorder`),
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    });
  const removed = lines('removed');
  const inserted = lines('inserted');
  const writing = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  });
  return {
    update(session) {
      const { document, hunks, state, preview } = session;
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document !== document) continue;
        editor.setDecorations(
          removed,
          hunks.flatMap(({ start, middle }) => linesOf(document, start, middle)),
        );
        editor.setDecorations(
          inserted,
          hunks.flatMap(({ middle, end }) => linesOf(document, middle, end)),
        );
        const { start, lines: all } = preview.region;
        const end = start + all.reduce((sum, { text }) => sum + text.length, 0);
        editor.setDecorations(
          writing,
          state === 'writing' && hunks.length === 0 ? linesOf(document, start, end) : [],
        );
      }
    },
    dispose: () => vscode.Disposable.from(removed, inserted, writing).dispose(),
  };
}

/** The lines between two offsets. A line break right before `end` belongs to the last line. */
function linesOf(document: vscode.TextDocument, start: number, end: number): vscode.Range[] {
  if (end <= start) return [];
  const first = document.positionAt(start);
  const last = document.positionAt(end);
  const line = last.character === 0 && last.line > first.line ? last.line - 1 : last.line;
  return [new vscode.Range(first.line, 0, line, 0)];
}
