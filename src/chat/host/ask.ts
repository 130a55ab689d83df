/** Asks questions from outside the panel: from the command palette, and about code in the editor. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { stripHidden } from '../../base/common/hiddenText.ts';
import { type LastEditor, whyNoEditor } from '../../base/host/lastEditor.ts';
import { showInformationMessage, showWarningMessage } from '../../base/host/window/messages.ts';
import { createQuickPick, showInputBox } from '../../base/host/window/quickInput.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import { attachAllFromEditor } from '../../context/host/editorContext.ts';
import type { Attachment } from '../common/conversation.ts';
import type { ChatViews } from './chatViews.ts';
import type { ReadyQuestion } from './queuedQuestion.ts';

export interface AskDependencies {
  views: Pick<ChatViews, 'active'>;
}

export interface AskSelectionDependencies extends AskDependencies {
  lastEditor: Pick<LastEditor, 'get'>;
  confirmSend: ConfirmSend;
}

/** Asks for a question; needs no editor. */
export async function ask(dependencies: AskDependencies): Promise<void> {
  const typed = await showInputBox({
    title: l10n.t('Qiao: Ask'),
    placeHolder: l10n.t('What do you want to know?'),
    prompt: l10n.t('The answer appears in the chat panel.'),
    ignoreFocusOut: true,
  });
  const question = stripHidden(typed ?? '').trim();
  if (question !== '') await submitQuestion(dependencies, { question, attachments: [] });
}

/** Asks about the selection or, without one, about the code that the quick input names. */
export async function askSelection(dependencies: AskSelectionDependencies): Promise<void> {
  const editor = dependencies.lastEditor.get();
  if (!editor) {
    void showInformationMessage(whyNoEditor(l10n.t('Open a file first: there is no code to ask about.')));
    return;
  }
  const attachments = await attachAllFromEditor(editor);
  const question = await pickQuestion(attachments);
  if (question === undefined) return;
  const asked = { question, attachments };
  if (await dependencies.confirmSend(attachments)) return submitQuestion(dependencies, asked);
  // The composer keeps the question until the user confirms or removes the code.
  const view = dependencies.views.active;
  await view.composer.restore(asked);
  await view.show({ type: 'composer-focus', text: view.composer.draft });
}

/** Attaches the code in the composer. */
export async function attachSelection({
  lastEditor,
  views,
}: Pick<AskSelectionDependencies, 'lastEditor' | 'views'>): Promise<void> {
  const editor = lastEditor.get();
  if (!editor) {
    void showInformationMessage(whyNoEditor(l10n.t('Open a file first: there is no code to attach.')));
    return;
  }
  const view = views.active;
  await view.attachments.add(await attachAllFromEditor(editor));
  await view.show();
}

/** Asks in the panel. A refused question is restored into the composer. */
export async function submitQuestion({ views }: AskDependencies, asked: ReadyQuestion): Promise<void> {
  const view = views.active;
  const running = view.chats.current;
  if (running.busy) {
    const stop = l10n.t('Stop It and Ask');
    const choice = await showWarningMessage(l10n.t('Another answer is still coming.'), stop);
    if (choice === stop) await running.stopAndSettle();
  }
  await view.reveal();
  // The chat may show another conversation by now.
  if (view.chats.current.submit(asked) !== 'refused') return;
  await view.composer.restore(asked);
  view.post({ type: 'composer-focus', text: view.composer.draft });
}

/** Offers ready questions and free text; `undefined` when the user cancelled. */
async function pickQuestion(attachments: readonly Attachment[]): Promise<string | undefined> {
  const ready: vscode.QuickPickItem[] = [
    {
      label: l10n.t('Explain'),
      iconPath: new vscode.ThemeIcon('comment'),
      detail: l10n.t('Explain what this code does, step by step.'),
    },
    {
      label: l10n.t('Find Bugs'),
      iconPath: new vscode.ThemeIcon('bug'),
      detail: l10n.t('Find bugs and risky places in this code, and say how to fix them.'),
    },
    {
      label: l10n.t('Improve'),
      iconPath: new vscode.ThemeIcon('sparkle'),
      detail: l10n.t('Improve this code: clearer, simpler, faster. Explain each change.'),
    },
    {
      label: l10n.t('Write Tests'),
      iconPath: new vscode.ThemeIcon('beaker'),
      detail: l10n.t('Write unit tests for this code, edge cases included.'),
    },
    {
      label: l10n.t('Add Comments'),
      iconPath: new vscode.ThemeIcon('edit'),
      detail: l10n.t(
        'Add comments to this code, in the style of its language, without changing what it does.',
      ),
    },
  ];
  const picker = createQuickPick({
    title: describeAttachments(attachments),
    placeholder: l10n.t('Type a question, or choose one'),
    ignoreFocusOut: true,
  });
  picker.items = ready;
  picker.onDidChangeValue((value) => {
    const typed = value.trim();
    picker.items =
      typed === ''
        ? ready
        : [
            {
              label: l10n.t('Ask'),
              iconPath: new vscode.ThemeIcon('arrow-right'),
              detail: typed,
              alwaysShow: true,
            },
            ...ready,
          ];
  });
  // Enter may come before the list follows the typing: then the typed text counts, not the active item.
  let listedValue = '';
  picker.onDidChangeActive(([item]) => {
    if (item?.detail === picker.value.trim()) listedValue = picker.value;
  });
  const question = await new Promise<string | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const typed = stripHidden(picker.value).trim();
      const chosen = typed === '' || listedValue === picker.value ? picker.activeItems[0]?.detail : undefined;
      resolve(chosen ?? (typed || undefined));
    });
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  return question;
}

function describeAttachments(attachments: readonly Attachment[]): string {
  const [first] = attachments;
  if (!first) return l10n.t('Ask about code');
  if (attachments.length === 1) return describeAttachment(first);
  return l10n.t('Ask about {0} selections in {1}', attachments.length, first.path);
}

/** Names the code that is sent when nothing is selected. */
function describeAttachment({ kind, path, startLine, endLine, symbol }: Attachment): string {
  if (kind === 'file') return l10n.t('Ask about the whole file {0} (nothing is selected)', path);
  if (kind === 'symbol')
    return l10n.t(
      'Ask about {0} in {1} (nothing is selected, and the file is too large)',
      symbol ?? '',
      path,
    );
  if (kind === 'visible') {
    return l10n.t(
      'Ask about the lines on screen, {0} {1}–{2} (nothing is selected, and the file is too large)',
      path,
      startLine,
      endLine,
    );
  }
  return startLine === endLine
    ? l10n.t('Ask about {0}, line {1}', path, startLine)
    : l10n.t('Ask about {0}, lines {1}–{2}', path, startLine, endLine);
}
