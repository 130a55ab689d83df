/** One conversation in memory and in its history file: what happens to it goes into both. */

import type { Conversation, ConversationSettings, Turn } from '../common/conversation.ts';
import { applyEvent, applyEvents, type ConversationEvent } from '../common/conversationLog.ts';
import type { History } from './history/history.ts';

export class RecordedConversation {
  #state: Conversation;
  /** Whether there is a file: a conversation without a question leaves no trace. */
  #onDisk: boolean;
  readonly #history: Pick<History, 'append'>;

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
  takeForeign(events: readonly ConversationEvent[], follow: boolean): Turn | undefined {
    const { headId } = this.#state;
    this.#state = applyEvents(this.#state, events);
    const added = events.find((event) => event.type === 'turn');
    if (follow && added && added.turn.parentId === headId) return this.find(added.turn.id);
    // What was in sight may have been removed; then its parent is the head already.
    if (headId === null || this.find(headId)) this.#state = { ...this.#state, headId };
    return undefined;
  }
}
