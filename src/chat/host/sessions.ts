/** The open sessions: conversations that a chat shows, and those with a running answer or a queued question. */

import * as vscode from 'vscode';
import type { Conversation } from '../common/conversation.ts';
import { ChatSession, type ChatSessionOptions } from './chatSession.ts';
import type { History } from './history/history.ts';
import { createQueuedQuestions, type QueuedQuestions } from './queuedQuestion.ts';

export interface SessionsOptions extends Omit<ChatSessionOptions, 'stored' | 'history'> {
  history: Pick<History, 'append' | 'open' | 'follow'>;
  /** Stores queued questions across a reload of the window. */
  state: Pick<vscode.Memento, 'get' | 'update'>;
}

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #queues: QueuedQuestions;
  /** Each with its subscriptions. */
  readonly #open = new Map<ChatSession, vscode.Disposable>();
  readonly #shown = new Set<ChatSession>();
  /** Shown by no chat; disposed when neither an answer runs nor a question is queued. */
  readonly #left = new Set<ChatSession>();
  readonly #loading = new Map<string, Promise<ChatSession | undefined>>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** A session changed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#queues = createQueuedQuestions(options.state);
  }

  /** Opens a new conversation, or one from the history. The caller shows it. */
  create(stored?: Conversation): ChatSession {
    const session = new ChatSession({ ...this.#options, stored });
    // A question from before the reload waits for the user's confirmation.
    const queued = stored && this.#queues.get(stored.id);
    if (queued) session.setQueued({ ...queued, held: true });
    this.#open.set(
      session,
      vscode.Disposable.from(
        session.onDidChange(() => {
          this.#queues.set(session.conversation.id, session.queued);
          this.#changed.fire();
          this.#disposeIfDone(session);
        }),
        this.#options.history.follow(session.conversation.id, (events) => session.receive(events)),
      ),
    );
    return session;
  }

  /** The open session of this conversation. */
  find(id: string): ChatSession | undefined {
    return [...this.#open.keys()].find(({ conversation }) => conversation.id === id);
  }

  /** The open session that contains the turn. */
  withTurn(turnId: string): ChatSession | undefined {
    return [...this.#open.keys()].find(({ conversation }) =>
      conversation.turns.some(({ id }) => id === turnId),
    );
  }

  /** Whether this conversation has a running answer. */
  isRunning(id: string): boolean {
    return this.find(id)?.busy ?? false;
  }

  /** Opens a conversation once for all callers; `undefined` when it is unreadable. The caller shows it. */
  async open(id: string): Promise<ChatSession | undefined> {
    const known = this.find(id);
    if (known) return known;
    const loading = this.#loading.get(id) ?? this.#load(id);
    this.#loading.set(id, loading);
    return loading.finally(() => this.#loading.delete(id));
  }

  /** Call when a chat shows the session. */
  take(session: ChatSession): void {
    this.#shown.add(session);
    this.#left.delete(session);
  }

  /** Call when the chat no longer shows the session. A running answer and a queued question continue. */
  leave(session: ChatSession): void {
    this.#shown.delete(session);
    this.drop(session);
  }

  /** Like `leave`, for a session that was opened and not shown. */
  drop(session: ChatSession): void {
    if (this.#shown.has(session)) return;
    this.#left.add(session);
    this.#disposeIfDone(session);
  }

  /** Stops all answers and records the partial ones. */
  async dispose(): Promise<void> {
    for (const subscription of this.#open.values()) subscription.dispose();
    await Promise.all([...this.#open.keys()].map((session) => session.dispose()));
    this.#changed.dispose();
  }

  async #load(id: string): Promise<ChatSession | undefined> {
    const stored = await this.#options.history.open(id);
    return stored && (this.find(id) ?? this.create(stored));
  }

  #disposeIfDone(session: ChatSession): void {
    if (!this.#left.has(session) || session.busy || session.queued) return;
    this.#left.delete(session);
    this.#open.get(session)?.dispose();
    this.#open.delete(session);
    void session.dispose();
  }
}
