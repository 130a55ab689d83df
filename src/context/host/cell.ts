/** Attaches a notebook cell with its output. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toAttachment, wholeRange } from './documentAttachment.ts';
import type { Origins } from './origins.ts';

/** Limit for a cell's output, in characters; its end is kept. */
const mostOutput = 20_000;

/** Attaches the selected cell. Throws when no notebook is active. */
export function attachActiveCell(origins: Origins): Attachment {
  const editor = vscode.window.activeNotebookEditor;
  const cell =
    editor && editor.notebook.cellCount > 0 ? editor.notebook.cellAt(editor.selection.start) : undefined;
  if (!cell) throw new UserError(l10n.t('No notebook is open, or it has no cells.'));
  return attachCell(cell, origins);
}

export function attachCell(cell: vscode.NotebookCell, origins: Origins): Attachment {
  const code = toAttachment(cell.document, wholeRange(cell.document), 'cell');
  const output = outputOf(cell);
  const text = output === '' ? code.text : `${code.text}\n\n[Output of the cell]\n${output}`;
  return origins.remember(
    { ...code, text },
    {
      again: async () => (cell.index < 0 || cell.notebook.isClosed ? undefined : attachCell(cell, origins)),
      files: [cell.notebook.uri],
    },
  );
}

function outputOf({ outputs }: vscode.NotebookCell): string {
  const texts = outputs.flatMap(({ items }) => {
    const item = items.find(({ mime }) => readableTypes.has(mime));
    return item ? [decode(item)] : [];
  });
  const text = texts.join('\n').trim();
  return text.length > mostOutput ? `[…]\n${text.slice(-mostOutput)}` : text;
}

const errorType = 'application/vnd.code.notebook.error';
const readableTypes = new Set([
  'text/plain',
  'application/vnd.code.notebook.stdout',
  'application/vnd.code.notebook.stderr',
  errorType,
]);

function decode({ data, mime }: vscode.NotebookCellOutputItem): string {
  // Before a cell has run, VS Code may return outputs whose data are no bytes.
  const text = data instanceof Uint8Array ? new TextDecoder().decode(data) : '';
  if (mime !== errorType) return text;
  try {
    const { name, message, stack } = JSON.parse(text);
    return typeof stack === 'string' && stack !== '' ? stack : `${name}: ${message}`;
  } catch {
    return text;
  }
}
