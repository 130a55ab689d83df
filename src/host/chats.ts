/** The conversation in sight, and those whose answers are still coming in the background. */

import * as vscode from 'vscode';
import type { HostMessage } from '../core/protocol.ts';
import { ChatSession, type ChatSessionOptions } from './chatSession.ts';
import type { History } from './history/history.ts';
import type { QueuedQuestion } from './queuedQuestion.ts';
import { toTurnWindow } from './views.ts';

export interface ChatsOptions extends Omit<ChatSessionOptions, 'stored' | 'history'> {
  history: History;
  /** Where a queued question survives the window. */
  memory: vscode.Memento;
}

const queuedName = 'qiao.queuedQuestion';

export class Chats {
  #current: ChatSession;
  #subscriptions: vscode.Disposable;
  readonly #background = new Set<ChatSession>();
  #savedQueue: QueuedQuestion | undefined;
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
    const chats = new Chats(options, new ChatSession({ ...options, stored }));
    const queued = options.memory.get<QueuedQuestion & { conversationId: string }>(queuedName);
    if (queued && queued.conversationId === stored?.id && typeof queued.question === 'string') {
      const { conversationId: _, ...question } = queued;
      chats.current.setQueued({ ...question, held: true });
    }
    return chats;
  }

  private constructor(options: ChatsOptions, first: ChatSession) {
    this.#options = options;
    this.#current = first;
    this.#subscriptions = this.#watch(first);
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
    if (this.#current.conversation.turns.length > 0) this.#show(new ChatSession(this.#options));
  }

  /** Brings a conversation into sight; `false` when it can't be read. An answer that is running goes on. */
  async open(id: string): Promise<boolean> {
    const known = this.find(id);
    const stored = known ? undefined : await this.#options.history.open(id);
    if (!known && !stored) return false;
    const session = known ?? new ChatSession({ ...this.#options, stored });
    if (session !== this.#current) this.#show(session);
    return true;
  }

  async dispose(): Promise<void> {
    this.#subscriptions.dispose();
    await Promise.all([this.#current, ...this.#background].map((session) => session.dispose()));
    this.#messages.dispose();
    this.#changed.dispose();
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
    if (session.queued !== this.#savedQueue) {
      this.#savedQueue = session.queued;
      const saved = session.queued && { ...session.queued, conversationId: id };
      void this.#options.memory.update(queuedName, saved);
    }
    this.#changed.fire();
  }
}
