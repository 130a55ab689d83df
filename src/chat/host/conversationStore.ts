/** One conversation: in memory, in its history file, and told to the pages that show it. */

import type { Conversation, ConversationSettings, Turn } from '../common/conversation.ts';
import { applyEvent, applyEvents, type ConversationEvent } from '../common/conversationLog.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { History } from './history/history.ts';

/** Tells a page of the panel. */
export type PostToPage = (message: HostMessage) => void;

export class ConversationStore {
  #state: Conversation;
  /** Whether there is a file: a conversation without a question leaves no trace. */
  #onDisk: boolean;
  readonly #history: Pick<History, 'append'>;
  readonly #pages = new Set<PostToPage>();

  /** `onDisk`: it was read from its file. */
  constructor(state: Conversation, options: { history: Pick<History, 'append'>; onDisk: boolean }) {
    this.#state = state;
    this.#history = options.history;
    this.#onDisk = options.onDisk;
  }

  /** As it is now; never changed in place. */
  get state(): Conversation {
    return this.#state;
  }

  find(turnId: string): Turn | undefined {
    return this.#state.turns.findLast(({ id }) => id === turnId);
  }

  /** Adds a page that is told everything from now on, until what is returned is disposed. */
  addPage(post: PostToPage): { dispose(): void } {
    // Of its own, so that a page that is added twice is told twice, and removed once.
    const page: PostToPage = (message) => post(message);
    this.#pages.add(page);
    return { dispose: () => this.#pages.delete(page) };
  }

  /** Tells all pages. The only way in which messages about a conversation reach them. */
  post(message: HostMessage): void {
    for (const page of [...this.#pages]) page(message);
  }

  /** Takes the event into memory, and onto the disk once there is a question. */
  record(event: ConversationEvent): Promise<void> {
    this.apply(event);
    return this.#onDisk ? this.save(event) : Promise.resolve();
  }

  /** Takes the event into memory alone; `save` follows when more has come together. */
  apply(event: ConversationEvent): void {
    this.#state = applyEvent(this.#state, event);
  }

  /** Writes what memory has already. */
  save(event: ConversationEvent): Promise<void> {
    return this.#history.append(this.#state.id, event);
  }

  /** It comes onto the disk with its first question, and keeps the model it began with. */
  begin(begunWith: Required<Pick<ConversationSettings, 'model' | 'parameters'>>): void {
    if (this.#onDisk) return;
    const { id, createdAt, workspace, settings } = this.#state;
    this.#onDisk = true;
    void this.save({ type: 'conversation', version: 1, id, createdAt, workspace });
    void this.record({ type: 'settings', settings: { ...begunWith, ...settings } });
  }

  /**
   * Takes in what another window has written already. Its finished turn comes into sight when it follows what is in
   * sight (`follow`), and is then the result; else the branch in sight stays.
   */
  takeExternal(events: readonly ConversationEvent[], follow: boolean): Turn | undefined {
    const { headId } = this.#state;
    this.#state = applyEvents(this.#state, events);
    const added = events.find((event) => event.type === 'turn');
    if (follow && added && added.turn.parentId === headId) return this.find(added.turn.id);
    // What was in sight may have been removed; then its parent is the head already.
    if (headId === null || this.find(headId)) this.#state = { ...this.#state, headId };
    return undefined;
  }

  /** Forgets its pages. */
  dispose(): void {
    this.#pages.clear();
  }
}
