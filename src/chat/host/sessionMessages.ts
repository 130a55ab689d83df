/** What panels are told about one conversation. */

import * as vscode from 'vscode';
import type { Models } from '../../connections/host/models.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import type { RetryWait } from '../../providers/connection.ts';
import type { Conversation, Turn } from '../common/conversation.ts';
import type { ConversationView, HostMessage } from '../common/protocol.ts';
import { toTurnViews, toTurnWindow } from './views.ts';

/** What is in sight at the moment of a message. */
export interface InSight {
  readonly conversation: Conversation;
  readonly view: ConversationView;
}

export class SessionMessages {
  readonly #emitter = new vscode.EventEmitter<HostMessage>();
  readonly onMessage = this.#emitter.event;
  readonly #inSight: InSight;
  readonly #models: Models;

  /** Reads `inSight` anew for each message. */
  constructor(inSight: InSight, models: Models) {
    this.#inSight = inSight;
    this.#models = models;
  }

  post(message: HostMessage): void {
    this.#emitter.fire(message);
  }

  /** A turn stands below those in sight. */
  postTurn(turn: Turn): void {
    for (const view of toTurnViews(this.#inSight.conversation, [turn], this.#models))
      this.post({ type: 'turn-start', turn: view });
  }

  /** Other turns are in sight. */
  postConversation(revealTurnId?: string): void {
    const { conversation, view } = this.#inSight;
    const window = toTurnWindow(conversation, this.#models, revealTurnId);
    this.post({ type: 'conversation-change', conversation: view, revealTurnId, ...window });
  }

  /** The turns are the same; something beside them is different. */
  postView(): void {
    this.post({ type: 'conversation-update', conversation: this.#inSight.view });
  }

  /** A request failed, and is sent again after a while. */
  postWait(turnId: string, { attempt, delayMs, failure }: RetryWait): void {
    const { title } = toErrorCard(failure);
    this.post({ type: 'turn-wait', turnId, delayMs, attempt, reason: title });
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
