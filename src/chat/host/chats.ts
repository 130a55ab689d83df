/** What one chat shows: a conversation, and the way from one to the next. */

import * as vscode from 'vscode';
import type { Models } from '../../connections/host/models.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { ChatSession } from './chatSession.ts';
import type { PostToPage } from './conversationStore.ts';
import type { History } from './history/history.ts';
import { createLastConversation, type LastConversation } from './history/lastConversation.ts';
import type { Sessions } from './sessions.ts';
import { toTurnWindow } from './views.ts';

export interface ChatsOptions {
  sessions: Sessions;
  history: Pick<History, 'open'>;
  models: Models;
  /** Of this chat: which conversation it showed. */
  memory: Pick<vscode.Memento, 'get' | 'update'>;
  /** The other chat that shows this conversation: two never do. */
  elsewhere?(id: string): { show(): Promise<void> } | undefined;
}

export class Chats {
  readonly #options: ChatsOptions;
  readonly #last: LastConversation;
  #current: ChatSession;
  #subscriptions: vscode.Disposable;
  /** Higher each time something is to come into sight. */
  #wish = 0;
  #page: PostToPage | undefined;
  #pageSubscription: { dispose(): void } | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Another conversation is in sight, or something about it is different. */
  readonly onDidChange = this.#changed.event;

  /** `session`: shown by no other chat. */
  constructor(options: ChatsOptions, session: ChatSession) {
    this.#options = options;
    this.#last = createLastConversation(options.history, options.memory);
    this.#current = session;
    this.#subscriptions = this.#watch(session);
  }

  get current(): ChatSession {
    return this.#current;
  }

  /** `page`: tells the page that shows the chat from now on. Disposed when that page is gone. */
  connect(page: PostToPage): vscode.Disposable {
    this.#setPage(page);
    return new vscode.Disposable(() => {
      if (this.#page === page) this.#setPage(undefined);
    });
  }

  /** Tells the page, if there is one. */
  post(message: HostMessage): void {
    this.#page?.(message);
  }

  newChat(): void {
    this.#wish++;
    if (this.#current.conversation.turns.length === 0) return;
    const { sessions } = this.#options;
    sessions.leave(this.#show(sessions.create()));
  }

  /** Gives the conversation away, to be shown elsewhere, and begins a new one. */
  handOver(): ChatSession {
    this.#wish++;
    return this.#show(this.#options.sessions.create());
  }

  /**
   * Brings a conversation into sight, here or in the chat that shows it already, unless something else was asked for
   * before it is read; `false` when it can't be read. An answer that is running goes on.
   */
  async open(id: string): Promise<boolean> {
    const wish = ++this.#wish;
    const { sessions, elsewhere } = this.#options;
    const session = await sessions.open(id);
    if (!session) return false;
    if (session === this.#current) return true;
    const other = elsewhere?.(id);
    if (wish !== this.#wish) sessions.drop(session);
    else if (other) await other.show();
    else sessions.leave(this.#show(session));
    return true;
  }

  /** An answer that is coming goes on. */
  dispose(): void {
    // What is still being read does not come into sight any more.
    this.#wish++;
    this.#subscriptions.dispose();
    this.#pageSubscription?.dispose();
    this.#options.sessions.leave(this.#current);
    this.#changed.dispose();
  }

  /** Returns what was shown before. */
  #show(session: ChatSession): ChatSession {
    const before = this.#current;
    this.#subscriptions.dispose();
    this.#current = session;
    this.#subscriptions = this.#watch(session);
    this.#setPage(this.#page);
    const window = toTurnWindow(session.conversation, this.#options.models);
    this.post({ type: 'conversation-change', conversation: session.view, ...window });
    this.#changed.fire();
    return before;
  }

  #watch(session: ChatSession): vscode.Disposable {
    this.#options.sessions.take(session);
    this.#remember(session);
    return session.onDidChange(() => {
      this.#remember(session);
      this.#changed.fire();
    });
  }

  /** The page gets the messages of the current session, and of no other. */
  #setPage(page: PostToPage | undefined): void {
    this.#pageSubscription?.dispose();
    this.#page = page;
    this.#pageSubscription = page && this.#current.onMessage(page);
  }

  #remember({ conversation: { id, turns } }: ChatSession): void {
    this.#last.set(turns.length > 0 ? id : undefined);
  }
}
