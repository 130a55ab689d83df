/** Quick asks: a prompt, and a short answer below the cursor's line; it goes on in the panel when the user says so. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { stripHidden } from '../../../base/common/hiddenText.ts';
import { documentInfo } from '../../../base/host/documentInfo.ts';
import { createCommentController } from '../../../base/host/window/comments.ts';
import { setStatusBarMessage } from '../../../base/host/window/messages.ts';
import type { Turn } from '../../../chat/common/conversation.ts';
import type { ReadyQuestion } from '../../../chat/host/queuedQuestion.ts';
import type { ConfirmSend } from '../../../context/host/confirmSend.ts';
import { answerText } from '../../../llm/answerParts.ts';
import type { QuickAskDraft } from './quickAskDraft.ts';
import { askQuickQuestion, quickCode } from './quickAskInput.ts';
import { QuickThread, type QuickThreadDependencies, questionComment } from './quickThread.ts';

export interface QuickAsksOptions extends QuickThreadDependencies {
  confirmSend: ConfirmSend;
  draft: QuickAskDraft;
}

/** Below the line; a thread near the lower edge would be out of sight. */
const linesNeeded = 10;

export class QuickAsks implements vscode.Disposable {
  readonly #options: QuickAsksOptions;
  readonly #threads = new Map<vscode.CommentThread, QuickThread>();
  #controller: vscode.CommentController | undefined;

  constructor(options: QuickAsksOptions) {
    this.#options = options;
  }

  /** Whether there is an editor in sight in which an answer can stand. */
  static editor(last: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
    return last && vscode.window.visibleTextEditors.includes(last) ? last : undefined;
  }

  /** Settles when the answer has ended, or the prompt was left. What it gives is for the caller to ask in the panel. */
  async ask(editor: vscode.TextEditor): Promise<ReadyQuestion | undefined> {
    const code = quickCode(editor);
    // VS Code shows no thread in a cell.
    const answer = documentInfo(editor.document).cell ? 'panel' : 'below';
    const { draft } = this.#options;
    for (;;) {
      const { accepted, ...asked } = await askQuickQuestion(code, draft, answer);
      if (!accepted) return undefined;
      const attachments = asked.withCode ? [code] : [];
      // Who does not want to send it after all gets the question back.
      if (!(await this.#options.confirmSend(attachments))) continue;
      draft.set({ question: '', withCode: false });
      const { question } = asked;
      if (answer === 'panel') return { question, attachments };
      await this.#open(editor, { question, attachments }).ask(question, attachments);
      return undefined;
    }
  }

  /** `reply`: the thread and what was typed below it, as VS Code hands them over. */
  async reply(reply: unknown): Promise<void> {
    if (typeof reply !== 'object' || reply === null || !('thread' in reply) || !('text' in reply)) return;
    const text = typeof reply.text === 'string' ? stripHidden(reply.text).trim() : '';
    if (text !== '') await this.#find(reply.thread)?.[1].ask(text);
  }

  async askAgain(thread: unknown): Promise<void> {
    await this.#find(thread)?.[1].askAgain();
  }

  async stop(thread: unknown): Promise<void> {
    await this.#find(thread)?.[1].stop();
  }

  /** The last answer, as the model wrote it. */
  async copy(thread: unknown): Promise<void> {
    const last = this.#find(thread)?.[1].turns.at(-1);
    const text = last && answerText(last.answer);
    if (!text) return;
    await vscode.env.clipboard.writeText(text);
    setStatusBarMessage(l10n.t('Copied'), 2000);
  }

  /** Makes a conversation of it and shows that; nothing is asked twice. */
  async continueInPanel(thread: unknown): Promise<void> {
    const found = this.#find(thread);
    if (!found) return;
    const [place, quick] = found;
    await quick.stop();
    const view = this.#options.views.active;
    view.chats.newChat();
    await view.chats.current.adopt(quick.turns);
    this.close(place);
    await view.show();
  }

  close(thread: unknown): void {
    const found = this.#find(thread);
    if (!found) return;
    found[1].close();
    this.#threads.delete(found[0]);
    this.#tell();
  }

  dispose(): void {
    for (const quick of this.#threads.values()) quick.close();
    this.#controller?.dispose();
  }

  #open(editor: vscode.TextEditor, first: Pick<Turn, 'question' | 'attachments'>): QuickThread {
    if (!this.#controller) {
      const prompt = l10n.t('Ask further…');
      this.#controller = createCommentController('qiao.quickAsk', 'Qiao', { prompt, placeHolder: prompt });
    }
    const { line } = editor.selection.active;
    const range = new vscode.Range(line, 0, line, 0);
    const comments = [questionComment(first)];
    const thread = this.#controller.createCommentThread(editor.document.uri, range, comments);
    const quick = new QuickThread(thread, this.#options);
    this.#threads.set(thread, quick);
    this.#tell();
    const last = editor.visibleRanges.at(-1)?.end.line ?? line;
    if (last - line < linesNeeded) editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
    return quick;
  }

  /** Commands of the palette name none: then the newest counts. */
  #find(thread: unknown): [vscode.CommentThread, QuickThread] | undefined {
    const all = [...this.#threads];
    return thread === undefined ? all.at(-1) : all.find(([one]) => one === thread);
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', 'qiao.quickAskOpen', this.#threads.size > 0);
  }
}
