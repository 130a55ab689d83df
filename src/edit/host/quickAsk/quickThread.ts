/** Shows one quick ask as a comment thread: questions and streamed answers below a line. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createPace } from '../../../base/common/pace.ts';
import { markdownText } from '../../../base/common/plainText.ts';
import { createComment } from '../../../base/host/window/comments.ts';
import { createTextMarkdown } from '../../../base/host/window/markdown.ts';
import { collectAnswer, toAnswerFields } from '../../../chat/common/collectAnswer.ts';
import { type Attachment, emptyAnswer, type Turn } from '../../../chat/common/conversation.ts';
import type { ChatViews } from '../../../chat/host/chatViews.ts';
import type { Models } from '../../../connections/host/models.ts';
import { describeEnding } from '../../../errors/host/endingTexts.ts';
import { toErrorCard } from '../../../errors/host/errorCard.ts';
import { answerText, textParts } from '../../../llm/answerParts.ts';
import { placeOf } from './quickAskInput.ts';

export interface QuickThreadDependencies {
  models: Pick<Models, 'describe' | 'open'>;
  /** Requests use the settings of the active chat. */
  views: Pick<ChatViews, 'active'>;
  /** The extension's `media` folder. */
  media: vscode.Uri;
}

/** The least milliseconds between updates of a growing answer, as each replaces the whole comment. */
const paintMs = 150;

export class QuickThread {
  readonly #thread: vscode.CommentThread;
  readonly #dependencies: QuickThreadDependencies;
  #turns: readonly Turn[] = [];
  #running: { controller: AbortController; settled: Promise<void> } | undefined;
  #painting: NodeJS.Timeout | undefined;
  readonly #pace = createPace(paintMs);
  #closed = false;

  /** Takes ownership of the thread. */
  constructor(thread: vscode.CommentThread, dependencies: QuickThreadDependencies) {
    this.#thread = thread;
    this.#dependencies = dependencies;
    thread.label = l10n.t('Quick Ask');
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  }

  /** Questions and answers as turns of a conversation. */
  get turns(): readonly Turn[] {
    return this.#turns;
  }

  /** Resolves when the answer has ended in any way. Does nothing while another answer is running. */
  async ask(question: string, attachments: readonly Attachment[] = []): Promise<void> {
    if (this.#running || this.#closed) return;
    const { model, parameters } = this.#dependencies.views.active.chats.current.settings;
    const history = this.#turns;
    this.#turns = [
      ...history,
      {
        id: randomUUID(),
        parentId: history.at(-1)?.id ?? null,
        question,
        attachments,
        model,
        parameters,
        askedAt: Date.now(),
        answer: emptyAnswer,
      },
    ];
    const controller = new AbortController();
    const settled = this.#answer(history, controller.signal);
    this.#running = { controller, settled };
    this.#paint();
    await settled;
  }

  /** Asks the last question again and replaces its answer. */
  async askAgain(): Promise<void> {
    const last = this.#turns.at(-1);
    if (!last || this.#running) return;
    this.#turns = this.#turns.slice(0, -1);
    await this.ask(last.question, last.attachments);
  }

  /** Stops the running answer and keeps its text. */
  async stop(): Promise<void> {
    this.#running?.controller.abort();
    await this.#running?.settled;
  }

  /** Removes the thread and stops a running answer. */
  close(): void {
    this.#closed = true;
    this.#running?.controller.abort();
    clearTimeout(this.#painting);
    this.#thread.dispose();
  }

  async #answer(history: readonly Turn[], signal: AbortSignal): Promise<void> {
    const question = this.#turns.at(-1);
    if (!question) return;
    const { systemPrompt } = this.#dependencies.views.active.chats.current.settings;
    const change = (answer: Turn['answer']): void => {
      this.#turns = [...history, { ...question, answer }];
    };
    const outcome = await collectAnswer(
      this.#dependencies.models.open(question.model),
      {
        history,
        question,
        systemPrompt: [systemPrompt, quickInstruction()].filter(Boolean).join('\n\n'),
      },
      {
        signal,
        onText: (text) => {
          change({ ...emptyAnswer, parts: textParts(text) });
          this.#painting ??= setTimeout(() => this.#paint(), this.#pace.waitMs);
        },
      },
    );
    change({ ...toAnswerFields(outcome, false), parts: textParts(outcome.text) });
    this.#running = undefined;
    this.#paint();
  }

  #paint(): void {
    clearTimeout(this.#painting);
    this.#painting = undefined;
    void this.#show();
  }

  async #show(): Promise<void> {
    const { toAnswerMarkdown } = await import('./answerMarkdown.ts');
    if (this.#closed) return;
    this.#thread.contextValue = this.#state();
    this.#thread.comments = this.#pace.run(() =>
      this.#turns.flatMap((turn) => [
        questionComment(turn),
        createComment({
          author: {
            name: this.#dependencies.models.describe(turn.model).name,
            iconPath: vscode.Uri.joinPath(this.#dependencies.media, 'icon.png'),
          },
          body: toAnswerMarkdown(shownText(turn)),
          label: labelOf(turn),
        }),
      ]),
    );
  }

  /** The thread's `contextValue`, for the `when` clauses of its buttons. */
  #state(): 'answering' | 'answered' | 'failed' {
    if (this.#running) return 'answering';
    return this.#turns.at(-1)?.answer.status === 'failed' ? 'failed' : 'answered';
  }
}

/** A thread must start with a comment, as VS Code opens a large input box in an empty thread. */
export function questionComment({
  question,
  attachments,
}: Pick<Turn, 'question' | 'attachments'>): vscode.Comment {
  return createComment({
    author: { name: l10n.t('You') },
    body: createTextMarkdown(question),
    label: attachments.map(placeOf).join('; '),
  });
}

function quickInstruction(): string {
  return l10n.t(
    'The answer is shown in a small box between lines of code. Answer in a few sentences or one short code block, without an introduction and without repeating the question.',
  );
}

function shownText({ answer }: Turn): string {
  const said = answerText(answer);
  if (answer.status === 'running') return said === '' ? '…' : said;
  if (answer.status === 'failed' && answer.error) {
    const { title, detail, advice } = toErrorCard(answer.error);
    const why = [title, detail, advice].filter(Boolean).join(' · ');
    return said === '' ? markdownText(why) : `${said}\n\n${markdownText(why)}`;
  }
  const text = said === '' ? l10n.t('The answer is empty.') : said;
  const ending = describeEnding(answer);
  return ending ? `${text}\n\n${markdownText(ending)}` : text;
}

function labelOf({ answer }: Turn): string {
  if (answer.status === 'running') return l10n.t('Answering…');
  return answer.status === 'stopped' ? l10n.t('Answer stopped') : '';
}
