/** The conversation in sight, and those whose answers are still coming in the background. */

import * as vscode from 'vscode';
import type { Conversation } from '../core/conversation.ts';
import type { HostMessage } from '../core/protocol.ts';
import { ChatSession, type ChatSessionOptions } from './chatSession.ts';
import type { History } from './history/history.ts';
import { createQueueMemory, type QueueMemory } from './queueMemory.ts';
import { toTurnWindow } from './views.ts';

export interface ChatsOptions extends Omit<ChatSessionOptions, 'stored' | 'history'> {
  history: History;
  /** Where queued questions survive the window. */
  memory: vscode.Memento;
}

export class Chats {
  #current: ChatSession;
  #subscriptions: vscode.Disposable;
  readonly #background = new Set<ChatSession>();
  readonly #queues: QueueMemory;
  /** Higher each time something is to come into sight. */
  #wish = 0;
  readonly #messages = new vscode.EventEmitter<HostMessage>();
  /** About the conversation in sight. */
  readonly onMessage = this.#messages.event;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Another conversation is in sight, or something about it is different. */
  readonly onDidChange = this.#changed.event;
  readonly #options: ChatsOptions;

  /** Begins where this workspace left off. */
  static async open(options: ChatsOptions): Promise<Chats> {
    const stored = await options.history.openLast();
    return new Chats(options, stored);
  }

  private constructor(options: ChatsOptions, stored: Conversation | undefined) {
    this.#options = options;
    this.#queues = createQueueMemory(options.memory);
    this.#current = this.#load(stored);
    this.#subscriptions = this.#watch(this.#current);
  }

  get current(): ChatSession {
    return this.#current;
  }

  /** Whether an answer of this conversation is coming. */
  isRunning(id: string): boolean {
    return this.find(id)?.busy ?? false;
  }

  /** The conversation in this window's memory, if it is there. */
  find(id: string): ChatSession | undefined {
    return [this.#current, ...this.#background].find(({ conversation }) => conversation.id === id);
  }

  newChat(): void {
    this.#wish++;
    if (this.#current.conversation.turns.length > 0) this.#show(new ChatSession(this.#options));
  }

  /**
   * Brings a conversation into sight, unless something else was asked for before it is read; `false` when it can't be
   * read. An answer that is running goes on.
   */
  async open(id: string): Promise<boolean> {
    const wish = ++this.#wish;
    const known = this.find(id);
    const stored = known ? undefined : await this.#options.history.open(id);
    if (!known && !stored) return false;
    if (wish !== this.#wish) return true;
    const session = known ?? this.#load(stored);
    if (session !== this.#current) this.#show(session);
    return true;
  }

  async dispose(): Promise<void> {
    this.#subscriptions.dispose();
    await Promise.all([this.#current, ...this.#background].map((session) => session.dispose()));
    this.#messages.dispose();
    this.#changed.dispose();
  }

  /** With the question that waited when the window closed; it goes on waiting until the user says so. */
  #load(stored: Conversation | undefined): ChatSession {
    const session = new ChatSession({ ...this.#options, stored });
    const queued = stored && this.#queues.get(stored.id);
    if (queued) session.setQueued({ ...queued, held: true });
    return session;
  }

  #show(session: ChatSession): void {
    const left = this.#current;
    this.#subscriptions.dispose();
    this.#background.delete(session);
    if (left.busy || left.queued) this.#keepInBackground(left);
    else void left.dispose();
    this.#current = session;
    this.#subscriptions = this.#watch(session);
    const window = toTurnWindow(session.conversation, this.#options.models);
    this.#messages.fire({ type: 'conversation-change', conversation: session.view, ...window });
    this.#changed.fire();
  }

  /** Until its answer has come. */
  #keepInBackground(session: ChatSession): void {
    this.#background.add(session);
    const listener = session.onDidChange(() => {
      this.#queues.set(session.conversation.id, session.queued);
      this.#changed.fire();
      if (session.busy || session.queued) return;
      listener.dispose();
      if (this.#background.delete(session)) void session.dispose();
    });
  }

  #watch(session: ChatSession): vscode.Disposable {
    const { history } = this.#options;
    history.setLast(session.conversation.turns.length > 0 ? session.conversation.id : undefined);
    return vscode.Disposable.from(
      session.onMessage((message) => this.#messages.fire(message)),
      session.onDidChange(() => this.#onChange(session)),
      history.follow(session.conversation.id, (events) => session.receive(events)),
    );
  }

  #onChange(session: ChatSession): void {
    const { id, turns } = session.conversation;
    this.#options.history.setLast(turns.length > 0 ? id : undefined);
    this.#queues.set(id, session.queued);
    this.#changed.fire();
  }
}
