/** The conversations in this window's memory: those that a chat shows, and those whose answers are still coming. */

import * as vscode from 'vscode';
import type { Conversation } from '../common/conversation.ts';
import { ChatSession, type ChatSessionOptions } from './chatSession.ts';
import type { History } from './history/history.ts';
import { createQueueMemory, type QueueMemory } from './queueMemory.ts';

export interface SessionsOptions extends Omit<ChatSessionOptions, 'stored' | 'history'> {
  history: Pick<History, 'append' | 'open' | 'follow'>;
  /** Where queued questions survive the window. */
  memory: Pick<vscode.Memento, 'get' | 'update'>;
}

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #queues: QueueMemory;
  /** With what ends when they are disposed. */
  readonly #open = new Map<ChatSession, vscode.Disposable>();
  readonly #shown = new Set<ChatSession>();
  /** No chat shows them; they are disposed when their answer has come. */
  readonly #left = new Set<ChatSession>();
  readonly #loading = new Map<string, Promise<ChatSession | undefined>>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something about one of them is different. */
  readonly onDidChange = this.#changed.event;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#queues = createQueueMemory(options.memory);
  }

  /** A new conversation, or one from the history; the caller shows it. */
  create(stored?: Conversation): ChatSession {
    const session = new ChatSession({ ...this.#options, stored });
    // The question that waited when the window closed goes on waiting until the user says so.
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

  /** The conversation of this id, if it is in memory. */
  find(id: string): ChatSession | undefined {
    return [...this.#open.keys()].find(({ conversation }) => conversation.id === id);
  }

  /** The conversation in memory that holds the turn. */
  withTurn(turnId: string): ChatSession | undefined {
    return [...this.#open.keys()].find(({ conversation }) =>
      conversation.turns.some(({ id }) => id === turnId),
    );
  }

  /** Whether an answer of this conversation is coming. */
  isRunning(id: string): boolean {
    return this.find(id)?.busy ?? false;
  }

  /** From memory or disk, the same session for every caller; `undefined` when it can't be read. The caller shows it. */
  async open(id: string): Promise<ChatSession | undefined> {
    const known = this.find(id);
    if (known) return known;
    const loading = this.#loading.get(id) ?? this.#load(id);
    this.#loading.set(id, loading);
    return loading.finally(() => this.#loading.delete(id));
  }

  /** One chat shows it from now on. */
  take(session: ChatSession): void {
    this.#shown.add(session);
    this.#left.delete(session);
  }

  /** The chat does not show it any more; an answer that is coming, and the question behind it, go on. */
  leave(session: ChatSession): void {
    this.#shown.delete(session);
    this.drop(session);
  }

  /** As `leave`, of what was opened and then not shown. */
  drop(session: ChatSession): void {
    if (this.#shown.has(session)) return;
    this.#left.add(session);
    this.#disposeIfDone(session);
  }

  /** Stops all answers and records what came of them. */
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
