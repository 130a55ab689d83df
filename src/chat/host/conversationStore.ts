/** Holds one conversation: applies events in memory, appends them to its history file, and posts messages to its pages. */

import type { Conversation, ConversationSettings, Turn } from '../common/conversation.ts';
import { applyEvent, applyEvents, type ConversationEvent } from '../common/conversationLog.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { History } from './history/history.ts';

/** Posts a message to one page. */
export type PostToPage = (message: HostMessage) => void;

export class ConversationStore {
  #state: Conversation;
  /** Whether there is a file; it is created with the first question. */
  #onDisk: boolean;
  readonly #history: Pick<History, 'append'>;
  readonly #pages = new Set<PostToPage>();

  /** `onDisk`: `state` was read from a file. */
  constructor(state: Conversation, options: { history: Pick<History, 'append'>; onDisk: boolean }) {
    this.#state = state;
    this.#history = options.history;
    this.#onDisk = options.onDisk;
  }

  /** Immutable; replaced with each event. */
  get state(): Conversation {
    return this.#state;
  }

  find(turnId: string): Turn | undefined {
    return this.#state.turns.findLast(({ id }) => id === turnId);
  }

  /** Adds a page; it gets all messages until the result is disposed. */
  addPage(post: PostToPage): { dispose(): void } {
    // A new function, so that a page added twice is removed once.
    const page: PostToPage = (message) => post(message);
    this.#pages.add(page);
    return { dispose: () => this.#pages.delete(page) };
  }

  /** Posts to all pages: the only broadcast of a conversation. */
  post(message: HostMessage): void {
    for (const page of [...this.#pages]) page(message);
  }

  /** Applies the event, and saves it if there is a file. */
  record(event: ConversationEvent): Promise<void> {
    this.apply(event);
    return this.#onDisk ? this.save(event) : Promise.resolve();
  }

  /** Applies the event in memory; the caller calls `save`, perhaps with several merged. */
  apply(event: ConversationEvent): void {
    this.#state = applyEvent(this.#state, event);
  }

  /** Appends an event that was applied. */
  save(event: ConversationEvent): Promise<void> {
    return this.#history.append(this.#state.id, event);
  }

  /** Creates the file, with the model and parameters of the first question. */
  begin(begunWith: Required<Pick<ConversationSettings, 'model' | 'parameters'>>): void {
    if (this.#onDisk) return;
    const { id, createdAt, workspace, settings } = this.#state;
    this.#onDisk = true;
    void this.save({ type: 'conversation', version: 1, id, createdAt, workspace });
    void this.record({ type: 'settings', settings: { ...begunWith, ...settings } });
  }

  /**
   * Applies events that another window wrote. With `follow`, a finished turn that follows the shown branch is shown and
   * returned; otherwise the shown branch stays.
   */
  takeExternal(events: readonly ConversationEvent[], follow: boolean): Turn | undefined {
    const { headId } = this.#state;
    this.#state = applyEvents(this.#state, events);
    const added = events.find((event) => event.type === 'turn');
    if (follow && added && added.turn.parentId === headId) return this.find(added.turn.id);
    // If the head was removed, its parent is the head already.
    if (headId === null || this.find(headId)) this.#state = { ...this.#state, headId };
    return undefined;
  }

  /** Removes all pages. */
  dispose(): void {
    this.#pages.clear();
  }
}
