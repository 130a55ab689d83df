/** One conversation at work: its running answer, the question that waits for it, and what the user does with its turns. */

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
  /** From the history; without it a new conversation begins. */
  stored?: Conversation;
}

export class ChatSession {
  readonly #store: ConversationStore;
  #running: { controller: AbortController; settled: Promise<void> } | undefined;
  #queued: QueuedQuestion | undefined;
  #closing = false;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something that counts for the next request, or for whether an answer is running, is different. */
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

  /** Tells a page that shows this conversation all that it must know, until what is returned is disposed. */
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

  /** What holds for the next question: the conversation's own where it has some, else the user's. */
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

  /** Asks the queued question now; a running answer is stopped for it. */
  async sendQueued(): Promise<void> {
    if (!this.#queued) return;
    this.setQueued({ ...this.#queued, held: true });
    await this.stopAndSettle();
    if (!this.#running) this.#askQueued();
  }

  stop(): void {
    this.#running?.controller.abort();
  }

  /** Stops, and waits until the partial answer is recorded. */
  async stopAndSettle(): Promise<void> {
    this.stop();
    await this.#running?.settled;
  }

  /** Asks the turn's question again, beside the first try. One that brought nothing gives way. */
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

  /** Asks another question in the turn's place; the old one stays as a branch. */
  edit(turnId: string, asked: Omit<ReadyQuestion, 'attachments'>): void {
    const turn = this.#store.find(turnId);
    if (!turn || this.#running || asked.question.trim() === '') return;
    this.#ask({ ...asked, attachments: turn.attachments, parentId: turn.parentId });
  }

  /** Lets a broken-off answer go on where it ended. */
  resume(turnId: string, instruction: string): void {
    const turn = this.#store.find(turnId);
    if (!turn || this.#running || !canContinue(turn.answer)) return;
    this.#start(async (signal) => {
      await this.record({ type: 'continuation', turnId });
      this.#store.post({ type: 'turn-resume', turnId });
      return this.#answer(turn, signal, { answer: turn.answer, instruction });
    });
  }

  /** Brings the branch through this turn into sight. */
  selectBranch(turnId: string): void {
    if (!this.#store.find(turnId)) return;
    void this.record({ type: 'head', turnId: lastTurnAfter(this.conversation, turnId) });
    this.#postConversation(turnId);
  }

  /** Settings of this conversation; members that are `undefined` go back to the user's. */
  changeSettings(settings: ConversationSettings): void {
    void this.record({ type: 'settings', settings: { ...this.conversation.settings, ...settings } });
    this.#postView();
  }

  /** Of all its turns. */
  get attachments(): readonly Attachment[] {
    return this.conversation.turns.flatMap((turn) => turn.attachments);
  }

  findAttachment(id: string): Attachment | undefined {
    return this.attachments.find((attachment) => attachment.id === id);
  }

  /** Takes the event into memory, and onto the disk once there is a question. */
  record(event: ConversationEvent): Promise<void> {
    const recorded = this.#store.record(event);
    this.#changed.fire();
    if (event.type === 'listing') this.#postView();
    return recorded;
  }

  /** Takes in turns that were asked and answered elsewhere, each following the one before it. */
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

  /** What another window wrote into this conversation's file. */
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

  /** Makes `work` the running answer; afterwards the queued question has its turn, if the answer ended well. */
  #start(work: (signal: AbortSignal) => Promise<boolean>): void {
    const controller = new AbortController();
    const running = { controller, settled: Promise.resolve() };
    // Before the work begins: what it posts at once must already say that an answer is coming.
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

  /** Whether the model finished. */
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

  /** A turn stands below those in sight. */
  #postTurn(turn: Turn): void {
    for (const view of toTurnViews(this.conversation, [turn], this.#options.models))
      this.#store.post({ type: 'turn-start', turn: view });
  }

  /** Other turns are in sight. */
  #postConversation(revealTurnId?: string): void {
    const window = toTurnWindow(this.conversation, this.#options.models, revealTurnId);
    this.#store.post({ type: 'conversation-change', conversation: this.view, revealTurnId, ...window });
  }

  /** The turns are the same; something beside them is different. */
  #postView(): void {
    this.#store.post({ type: 'conversation-update', conversation: this.view });
  }
}

/** Neither a text nor the result of a tool came. */
function isFruitless({ parts }: Answer): boolean {
  return parts.every(({ type }) => type === 'reasoning' || type === 'tool-call');
}
