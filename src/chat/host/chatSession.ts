/** An open conversation: its running answer, its queued question, and the user's actions on its turns. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Models } from '../../connections/host/models.ts';
import { readParameters } from '../../connections/host/parameterSettings.ts';
import { readModelSetting, readSystemPrompt } from '../../connections/host/settings.ts';
import type { ModelParameters } from '../../llm/chatModel.ts';
import {
  type Answer,
  type Attachment,
  type Conversation,
  type ConversationSettings,
  createConversation,
  lastTurnAfter,
  type Turn,
} from '../common/conversation.ts';
import { type ConversationEvent, turnEvents } from '../common/conversationLog.ts';
import { titleOf } from '../common/conversationTitle.ts';
import type { ConversationView } from '../common/protocol.ts';
import { answerTurn, type TurnToAnswer } from './answerTurn.ts';
import { ConversationStore, type PostToPage } from './conversationStore.ts';
import { createExternalChanges } from './externalChanges.ts';
import type { History } from './history/history.ts';
import { type QueuedQuestion, type ReadyQuestion, toQueuedView } from './queuedQuestion.ts';
import { canContinue, toTurnViews, toTurnWindow } from './turnViews.ts';

export interface ChatSessionOptions {
  models: Models;
  history: Pick<History, 'append'>;
  log: vscode.LogOutputChannel;
  /** Read from the history. Default: a new conversation. */
  stored?: Conversation;
}

export class ChatSession {
  readonly #store: ConversationStore;
  #running: { controller: AbortController; settled: Promise<void> } | undefined;
  #queued: QueuedQuestion | undefined;
  #closing = false;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when the next request or the running state may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #options: ChatSessionOptions;
  readonly #external = createExternalChanges((events) => this.#takeExternal(events));

  constructor(options: ChatSessionOptions) {
    const { stored, history } = options;
    this.#options = options;
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
    const conversation = stored ?? createConversation(randomUUID(), Date.now(), workspace);
    this.#store = new ConversationStore(conversation, { history, onDisk: stored !== undefined });
  }

  /** Posts every change to the page, until the result is disposed. */
  onMessage(post: PostToPage): { dispose(): void } {
    return this.#store.addPage(post);
  }

  get conversation(): Conversation {
    return this.#store.state;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  get queued(): QueuedQuestion | undefined {
    return this.#queued;
  }

  /** The settings of the next question: the conversation's own, else the user's. */
  get settings(): { model: string; parameters: ModelParameters; systemPrompt: string } {
    const { settings, turns } = this.conversation;
    return {
      model: this.#options.models.normalize(settings.model ?? turns.at(-1)?.model ?? readModelSetting()),
      parameters: settings.parameters ?? readParameters(),
      systemPrompt: settings.systemPrompt ?? readSystemPrompt(),
    };
  }

  get view(): ConversationView {
    const { id, pinned, settings } = this.conversation;
    return {
      id,
      running: this.busy,
      title: titleOf(this.conversation),
      pinned,
      systemPrompt: settings.systemPrompt ?? '',
      queued: toQueuedView(this.#queued),
    };
  }

  /**
   * Asks, or queues the question while an answer is running. `refused`: one is queued already, there is nothing to
   * ask, or the session is disposed. The question is on disk before its request is sent.
   */
  submit(asked: ReadyQuestion): 'asked' | 'queued' | 'refused' {
    if (this.#closing) return 'refused';
    if (asked.question.trim() === '' && asked.attachments.length === 0) return 'refused';
    if (!this.#running) {
      this.#ask({ ...asked, parentId: this.conversation.headId });
      return 'asked';
    }
    if (this.#queued) return 'refused';
    this.setQueued({ ...asked, held: false });
    return 'queued';
  }

  setQueued(queued: QueuedQuestion | undefined): void {
    this.#queued = queued;
    this.#postView();
    this.#changed.fire();
  }

  /** Stops a running answer and asks the queued question. */
  async sendQueued(): Promise<void> {
    if (!this.#queued) return;
    this.setQueued({ ...this.#queued, held: true });
    await this.stopAndSettle();
    if (!this.#running) this.#askQueued();
  }

  stop(): void {
    this.#running?.controller.abort();
  }

  /** Stops the answer; resolves when the partial answer is recorded. */
  async stopAndSettle(): Promise<void> {
    this.stop();
    await this.#running?.settled;
  }

  /** Asks the turn's question again, as another branch. Replaces the turn if its answer is empty and nothing follows. */
  retry(turnId: string, modelRef?: string): void {
    const turn = this.#store.find(turnId);
    if (!turn || this.#running) return;
    const followed = this.conversation.turns.some(({ parentId }) => parentId === turnId);
    if (isFruitless(turn.answer) && !followed) {
      void this.record({ type: 'removal', turnId });
      this.#postConversation();
    }
    this.#ask({ ...turn, model: modelRef, parameters: undefined });
  }

  /** Asks a changed question, as another branch. */
  edit(turnId: string, asked: Omit<ReadyQuestion, 'attachments'>): void {
    const turn = this.#store.find(turnId);
    if (!turn || this.#running || asked.question.trim() === '') return;
    this.#ask({ ...asked, attachments: turn.attachments, parentId: turn.parentId });
  }

  /** Continues a partial answer. */
  resume(turnId: string, instruction: string): void {
    const turn = this.#store.find(turnId);
    if (!turn || this.#running || !canContinue(turn.answer)) return;
    this.#start(async (signal) => {
      await this.record({ type: 'continuation', turnId });
      this.#store.post({ type: 'turn-resume', turnId });
      return this.#answer(turn, signal, { answer: turn.answer, instruction });
    });
  }

  /** Shows the branch that contains this turn. */
  selectBranch(turnId: string): void {
    if (!this.#store.find(turnId)) return;
    void this.record({ type: 'head', turnId: lastTurnAfter(this.conversation, turnId) });
    this.#postConversation(turnId);
  }

  /** Changes the conversation's settings; `undefined` members fall back to the user's. */
  changeSettings(settings: ConversationSettings): void {
    void this.record({ type: 'settings', settings: { ...this.conversation.settings, ...settings } });
    this.#postView();
  }

  /** The attachments of all turns. */
  get attachments(): readonly Attachment[] {
    return this.conversation.turns.flatMap((turn) => turn.attachments);
  }

  findAttachment(id: string): Attachment | undefined {
    return this.attachments.find((attachment) => attachment.id === id);
  }

  /** Applies the event, and saves it once the conversation has a question. */
  record(event: ConversationEvent): Promise<void> {
    const recorded = this.#store.record(event);
    this.#changed.fire();
    if (event.type === 'listing') this.#postView();
    return recorded;
  }

  /** Appends turns that were answered elsewhere, in order. */
  async adopt(turns: readonly Turn[]): Promise<void> {
    const [first] = turns;
    if (!first || this.#running) return;
    this.#store.begin({ model: first.model, parameters: first.parameters });
    const saved = turns.flatMap((turn) =>
      turnEvents({ ...turn, parentId: this.conversation.headId }).map((event) => this.record(event)),
    );
    this.#postConversation();
    this.#postView();
    await Promise.all(saved);
  }

  /** Applies events that another window wrote to the file. */
  receive(events: readonly ConversationEvent[]): void {
    this.#external.push(events);
  }

  async dispose(): Promise<void> {
    this.#closing = true;
    await this.stopAndSettle();
    this.#store.dispose();
    this.#changed.dispose();
  }

  /** Appends a turn after `parentId` and gets its answer. */
  #ask(asked: ReadyQuestion & Pick<Turn, 'parentId'>): void {
    const { model, parameters } = this.settings;
    const turn: Omit<Turn, 'answer'> = {
      id: randomUUID(),
      parentId: asked.parentId,
      question: asked.question,
      prompt: asked.prompt,
      attachments: asked.attachments,
      model: asked.model === undefined ? model : this.#options.models.normalize(asked.model),
      parameters: asked.parameters ?? parameters,
      askedAt: Date.now(),
    };
    this.#start(async (signal) => {
      this.#store.begin({ model, parameters });
      const followsHead = asked.parentId === this.conversation.headId;
      const first = this.conversation.turns.length === 0;
      const saved = this.record({ type: 'turn', turn });
      const added = this.#store.find(turn.id);
      if (!added) return false;
      if (followsHead) this.#postTurn(added);
      else this.#postConversation();
      if (first) this.#postView();
      await saved;
      return this.#answer(added, signal);
    });
  }

  #askQueued(): void {
    const queued = this.#queued;
    if (!queued) return;
    this.#queued = undefined;
    this.submit(queued);
    this.#postView();
  }

  /** Runs `work` as the running answer; then asks the queued question, if the answer is complete. */
  #start(work: (signal: AbortSignal) => Promise<boolean>): void {
    const controller = new AbortController();
    const running = { controller, settled: Promise.resolve() };
    // Set before `work` runs: its first message must say that an answer is running.
    this.#running = running;
    running.settled = work(controller.signal).then((done) => {
      this.#running = undefined;
      const queued = this.#queued;
      if (queued && !queued.held) {
        if (done) this.#askQueued();
        else this.setQueued({ ...queued, held: true });
      }
      this.#changed.fire();
    });
    this.#changed.fire();
  }

  /** Returns whether the model finished. */
  #answer(turn: Turn, signal: AbortSignal, continuation?: TurnToAnswer['continuation']): Promise<boolean> {
    const { models, log } = this.#options;
    return answerTurn({
      turn,
      continuation,
      store: this.#store,
      models,
      log,
      systemPrompt: this.settings.systemPrompt,
      signal,
      isClosing: () => this.#closing,
    });
  }

  #takeExternal(events: readonly ConversationEvent[]): void {
    const added = this.#store.takeExternal(events, !this.busy);
    if (added) this.#postTurn(added);
    else this.#postConversation();
    this.#postView();
    this.#changed.fire();
  }

  /** Posts a turn that follows the shown ones. */
  #postTurn(turn: Turn): void {
    for (const view of toTurnViews(this.conversation, [turn], this.#options.models))
      this.#store.post({ type: 'turn-start', turn: view });
  }

  /** Posts the shown turns. */
  #postConversation(revealTurnId?: string): void {
    const window = toTurnWindow(this.conversation, this.#options.models, revealTurnId);
    this.#store.post({ type: 'conversation-change', conversation: this.view, revealTurnId, ...window });
  }

  /** Posts the conversation's state without its turns. */
  #postView(): void {
    this.#store.post({ type: 'conversation-update', conversation: this.view });
  }
}

/** The answer has neither text nor a tool result. */
function isFruitless({ parts }: Answer): boolean {
  return parts.every(({ type }) => type === 'reasoning' || type === 'tool-call');
}
