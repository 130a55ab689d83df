/** Replaces the selection, or the code that the question was about, with code of an answer. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { whyNoEditor } from '../../../base/host/lastEditor.ts';
import type { Attachment } from '../../../chat/common/conversation.ts';
import { locate } from '../../common/locate.ts';
import type { Dialogs } from './dialogs.ts';
import { insertAtCursors, putCode } from './insert.ts';
import { openAttached } from './target.ts';

export interface ReplaceOptions {
  code: string;
  attachments: readonly Attachment[];
  dialogs: Dialogs;
  /** Shows the change for review instead. */
  review(): Promise<void>;
}

export async function replaceSelection(
  editor: vscode.TextEditor | undefined,
  { code, attachments, dialogs, review }: ReplaceOptions,
): Promise<void> {
  const ranges = editor?.selections.filter((selection) => !selection.isEmpty) ?? [];
  if (editor && ranges.length > 0) return putCode(code, { editor, ranges, dialogs });
  const place = await unchangedPlace(attachments);
  if (place) return putCode(code, { ...place, dialogs });
  const insert = l10n.t('Insert at Cursor');
  const compare = l10n.t('Apply to File');
  const text =
    attachments.length > 0
      ? l10n.t('Nothing is selected, and the code you asked about has changed since.')
      : editor
        ? l10n.t('Nothing is selected.')
        : whyNoEditor(l10n.t('Nothing is selected.'));
  const choice = await dialogs.ask({ text, choices: editor ? [insert, compare] : [compare] });
  if (choice === insert && editor) return insertAtCursors(code, editor, dialogs);
  if (choice === compare) return review();
}

/** The range of the only attachment, if its text is unchanged and in the same line. */
async function unchangedPlace(
  attachments: readonly Attachment[],
): Promise<{ editor: vscode.TextEditor; ranges: vscode.Range[] } | undefined> {
  const [attachment, ...others] = attachments;
  // A whole file or the visible lines are context, not code to replace.
  if (!attachment || others.length > 0 || attachment.kind === 'file' || attachment.kind === 'visible')
    return undefined;
  const document = await openAttached(attachment);
  if (!document) return undefined;
  const place = locate(document.getText(), attachment.text, attachment.startLine - 1);
  if (place.found !== 'once' || place.moved) return undefined;
  const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
  const editor = await vscode.window.showTextDocument(document);
  return editor.document === document ? { editor, ranges: [range] } : undefined;
}
