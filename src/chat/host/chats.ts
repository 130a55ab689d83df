/** Selects the conversation that one chat shows. */

import * as vscode from 'vscode';
import type { Models } from '../../connections/host/models.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { ChatSession } from './chatSession.ts';
import { type ChatState, createLastConversation, type LastConversation } from './chatState.ts';
import type { PostToPage } from './conversationStore.ts';
import type { History } from './history/history.ts';
import type { Sessions } from './sessions.ts';
import { toTurnWindow } from './turnViews.ts';

export interface ChatsOptions {
  sessions: Sessions;
  history: Pick<History, 'open'>;
  models: Models;
  /** Stores which conversation this chat showed last. */
  state: ChatState;
  /** Another chat that shows this conversation: only one does at a time. */
  elsewhere?(id: string): { show(): Promise<void> } | undefined;
}

export class Chats {
  readonly #options: ChatsOptions;
  readonly #last: LastConversation;
  #current: ChatSession;
  #subscriptions: vscode.Disposable;
  /** Counts the changes asked for; a later one cancels `open`. */
  #requests = 0;
  #page: PostToPage | undefined;
  #pageSubscription: { dispose(): void } | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The chat shows another conversation, or the conversation changed. */
  readonly onDidChange = this.#changed.event;

  /** `session`: shown by no other chat. */
  constructor(options: ChatsOptions, session: ChatSession) {
    this.#options = options;
    this.#last = createLastConversation(options.history, options.state);
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
    this.#requests++;
    if (this.#current.conversation.turns.length === 0) return;
    const { sessions } = this.#options;
    sessions.leave(this.#show(sessions.create()));
  }

  /** Returns the conversation for another chat, and starts a new one here. */
  handOver(): ChatSession {
    this.#requests++;
    return this.#show(this.#options.sessions.create());
  }

  /**
   * Shows a conversation, here or in the chat that shows it already; `false` when it is unreadable. Does nothing when
   * another conversation was asked for while it was read. A running answer continues.
   */
  async open(id: string): Promise<boolean> {
    const request = ++this.#requests;
    const { sessions, elsewhere } = this.#options;
    const session = await sessions.open(id);
    if (!session) return false;
    if (session === this.#current) return true;
    const other = elsewhere?.(id);
    if (request !== this.#requests) sessions.drop(session);
    else if (other) await other.show();
    else sessions.leave(this.#show(session));
    return true;
  }

  /** A running answer continues. */
  dispose(): void {
    // Cancels an `open` that is still reading.
    this.#requests++;
    this.#subscriptions.dispose();
    this.#pageSubscription?.dispose();
    this.#options.sessions.leave(this.#current);
    this.#changed.dispose();
  }

  /** Returns the session shown before. */
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
