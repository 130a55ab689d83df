/** Manages quick asks: a prompt, and threads with short answers below a line, which can continue in the panel. */

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

/** Visible lines needed below the line, so that the thread can be seen. */
const linesNeeded = 10;

export class QuickAsks implements vscode.Disposable {
  readonly #options: QuickAsksOptions;
  readonly #threads = new Map<vscode.CommentThread, QuickThread>();
  #controller: vscode.CommentController | undefined;

  constructor(options: QuickAsksOptions) {
    this.#options = options;
  }

  /** The last editor when it is visible, so that it can show an answer. */
  static editor(last: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
    return last && vscode.window.visibleTextEditors.includes(last) ? last : undefined;
  }

  /** Resolves when the answer has ended or the prompt is cancelled. The caller asks a returned question in the panel. */
  async ask(editor: vscode.TextEditor): Promise<ReadyQuestion | undefined> {
    const code = quickCode(editor);
    // VS Code shows no threads in notebook cells.
    const answer = documentInfo(editor.document).cell ? 'panel' : 'below';
    const { draft } = this.#options;
    for (;;) {
      const { accepted, ...asked } = await askQuickQuestion(code, draft, answer);
      if (!accepted) return undefined;
      const attachments = asked.withCode ? [code] : [];
      // When the user does not confirm, show the prompt again.
      if (!(await this.#options.confirmSend(attachments))) continue;
      draft.set({ question: '', withCode: false });
      const { question } = asked;
      if (answer === 'panel') return { question, attachments };
      await this.#open(editor, { question, attachments }).ask(question, attachments);
      return undefined;
    }
  }

  /** `reply`: VS Code's argument with the thread and the typed text. */
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

  /** Copies the last answer as Markdown source. */
  async copy(thread: unknown): Promise<void> {
    const last = this.#find(thread)?.[1].turns.at(-1);
    const text = last && answerText(last.answer);
    if (!text) return;
    await vscode.env.clipboard.writeText(text);
    setStatusBarMessage(l10n.t('Copied'), 2000);
  }

  /** Creates a conversation of the turns and shows it, without asking again. */
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

  /** Finds a thread; the newest for commands of the palette, which pass none. */
  #find(thread: unknown): [vscode.CommentThread, QuickThread] | undefined {
    const all = [...this.#threads];
    return thread === undefined ? all.at(-1) : all.find(([one]) => one === thread);
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', 'qiao.quickAskOpen', this.#threads.size > 0);
  }
}
