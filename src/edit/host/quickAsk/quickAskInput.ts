/** Shows the prompt of a quick ask: an input box, with a button to attach the code or leave it out. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { stripHidden } from '../../../base/common/hiddenText.ts';
import { createInputBox } from '../../../base/host/window/quickInput.ts';
import type { Attachment } from '../../../chat/common/conversation.ts';
import { toAttachment, visibleRange } from '../../../context/host/documentAttachment.ts';
import { trimToLines } from '../../../context/host/editorContext.ts';
import type { QuickAskDraft, QuickQuestion } from './quickAskDraft.ts';

/** Starts with `draft` and keeps it up to date. `accepted` is `false` when the user cancels. */
export async function askQuickQuestion(
  code: Attachment,
  draft: QuickAskDraft,
  answer: 'below' | 'panel',
): Promise<QuickQuestion & { accepted: boolean }> {
  let { question, withCode } = draft.get();
  const input = createInputBox({
    value: question,
    placeholder: l10n.t('What do you want to know?'),
    prompt:
      answer === 'below'
        ? l10n.t('The answer appears below the cursor’s line.')
        : l10n.t('The answer appears in the chat panel.'),
    ignoreFocusOut: true,
  });
  const show = (): void => {
    const title = withCode
      ? l10n.t('Quick Ask · {0} goes along', placeOf(code))
      : l10n.t('Quick Ask · no code goes along');
    const button = withCode
      ? { iconPath: new vscode.ThemeIcon('circle-slash'), tooltip: l10n.t('Leave the code out') }
      : { iconPath: new vscode.ThemeIcon('attach'), tooltip: l10n.t('Take {0} along', placeOf(code)) };
    input.setHead(title, [button]);
  };
  show();
  input.onDidTriggerButton(() => {
    withCode = !withCode;
    draft.set({ question, withCode });
    show();
  });
  input.onDidChangeValue((typed) => {
    question = typed;
    draft.set({ question, withCode });
  });
  const accepted = await new Promise<boolean>((resolve) => {
    input.onDidAccept(() => {
      if (input.value.trim() !== '') resolve(true);
    });
    input.onDidHide(() => resolve(false));
    input.show();
  });
  question = input.value;
  draft.set({ question, withCode });
  input.dispose();
  return { question: stripHidden(question).trim(), withCode, accepted };
}

/** The selection, else the visible lines. */
export function quickCode(editor: vscode.TextEditor): Attachment {
  const { document, selection } = editor;
  return selection.isEmpty
    ? toAttachment(document, visibleRange(editor), 'visible')
    : toAttachment(document, trimToLines(selection), 'selection');
}

/** Describes the place of code, such as `a.ts, lines 3–8`. */
export function placeOf({ path, startLine, endLine }: Attachment): string {
  return startLine === endLine
    ? l10n.t('{0}, line {1}', path, startLine)
    : l10n.t('{0}, lines {1}–{2}', path, startLine, endLine);
}
