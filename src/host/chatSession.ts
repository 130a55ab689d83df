/** One conversation in memory, with its running answer and its queued question: owns the state that panels show. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ModelParameters } from '../core/chatModel.ts';
import {
  type Attachment,
  type Conversation,
  type ConversationSettings,
  createConversation,
  lastTurnAfter,
  type Turn,
  turnsUpTo,
} from '../core/conversation.ts';
import { applyEvent, type ConversationEvent } from '../core/conversationLog.ts';
import { titleOf } from '../core/conversationTitle.ts';
import type { ConversationView, HostMessage } from '../core/protocol.ts';
import type { TurnOutcome } from '../core/turn.ts';
import type { RetryWait } from '../providers/connection.ts';
import { logOutcome, runAnswer, toAnswerFields } from './answerRun.ts';
import { toErrorCard } from './errorCard.ts';
import { createForeignEvents } from './foreignEvents.ts';
import type { History } from './history/history.ts';
import type { Models } from './models.ts';
import { readParameters } from './parameterSettings.ts';
import { readModelSetting, readSystemPrompt } from './settings.ts';
import { canContinue, toAttachmentView, toOutcomeView, toTurnViews, toTurnWindow } from './views.ts';

/** A question that waits for the running answer. */
export interface QueuedQuestion extends ReadyQuestion {
  /** It waits until the user says so, because the answer before it did not end well. */
  held: boolean;
}

/** A question as it is handed over. */
export interface ReadyQuestion extends Pick<Turn, 'question' | 'prompt' | 'attachments'> {
  /** Those of a slash command; else the conversation's. */
  model?: string;
  parameters?: ModelParameters;
}

export interface ChatSessionOptions {
  models: Models;
  history: Pick<History, 'append'>;
  log: vscode.LogOutputChannel;
  /** From the history; without it a new conversation begins. */
  stored?: Conversation;
}

export class ChatSession {
  #conversation: Conversation;
  /** Whether there is a file: a conversation without a question leaves no trace. */
  #onDisk: boolean;
  #running: { turnId: string; controller: AbortController; settled: Promise<void> } | undefined;
  #queued: QueuedQuestion | undefined;
  #closing = false;
  readonly #messages = new vscode.EventEmitter<HostMessage>();
  /** What panels that show this conversation must be told. */
  readonly onMessage = this.#messages.event;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something that counts for the next request, or for whether an answer is running, is different. */
  readonly onDidChange = this.#changed.event;
  readonly #options: ChatSessionOptions;
  readonly #foreign = createForeignEvents((events) => this.#takeForeign(events));

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    this.#onDisk = options.stored !== undefined;
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
    this.#conversation = options.stored ?? createConversation(randomUUID(), Date.now(), workspace);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  get queued(): QueuedQuestion | undefined {
    return this.#queued;
  }

  /** What holds for the next question: the conversation's own where it has some, else the user's. */
  get settings(): { model: string; parameters: ModelParameters; systemPrompt: string } {
    const { settings, turns } = this.#conversation;
    return {
      model: this.#options.models.normalize(settings.model ?? turns.at(-1)?.model ?? readModelSetting()),
      parameters: settings.parameters ?? readParameters(),
      systemPrompt: settings.systemPrompt ?? readSystemPrompt(),
    };
  }

  get view(): ConversationView {
    const { id, pinned, settings } = this.#conversation;
    const queued = this.#queued && {
      text: this.#queued.question,
      attachments: this.#queued.attachments.map(toAttachmentView),
      held: this.#queued.held,
    };
    return {
      id,
      running: this.busy,
      title: titleOf(this.#conversation),
      pinned,
      systemPrompt: settings.systemPrompt ?? '',
      queued,
    };
  }

  /**
   * Asks, or queues the question while an answer is running. `refused`: one is queued already, or there is nothing to
   * ask. The question is on disk before its request is sent.
   */
  submit(asked: ReadyQuestion): 'asked' | 'queued' | 'refused' {
    if (asked.question.trim() === '' && asked.attachments.length === 0) return 'refused';
    if (!this.#running) {
      this.#ask({ ...asked, parentId: this.#conversation.headId });
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
    const queued = this.#queued;
    if (!queued || this.#running) return;
    this.#queued = undefined;
    this.submit(queued);
    this.#postView();
  }

  stop(): void {
    this.#running?.controller.abort();
  }

  /** Stops, and waits until the partial answer is recorded. */
  async stopAndSettle(): Promise<void> {
    this.stop();
    await this.#running?.settled;
  }

  /** Asks the turn's question again, beside the first try. One that brought no text gives way. */
  retry(turnId: string, modelRef?: string): void {
    const turn = this.#find(turnId);
    if (!turn || this.#running) return;
    const followed = this.#conversation.turns.some(({ parentId }) => parentId === turnId);
    if (turn.answer.text === '' && !followed) {
      void this.record({ type: 'removal', turnId });
      this.#postConversation();
    }
    this.#ask({ ...turn, model: modelRef, parameters: undefined });
  }

  /** Asks another question in the turn's place; the old one stays as a branch. */
  edit(turnId: string, asked: Omit<ReadyQuestion, 'attachments'>): void {
    const turn = this.#find(turnId);
    if (!turn || this.#running || asked.question.trim() === '') return;
    this.#ask({ ...asked, attachments: turn.attachments, parentId: turn.parentId });
  }

  /** Lets a broken-off answer go on where it ended. */
  resume(turnId: string, instruction: string): void {
    const turn = this.#find(turnId);
    if (!turn || this.#running || !canContinue(turn.answer)) return;
    const { text: partial } = turn.answer;
    this.#start(turnId, async (signal) => {
      await this.record({ type: 'continuation', turnId });
      this.#post({ type: 'turn-resume', turnId });
      return this.#run(turn, signal, { partial, instruction });
    });
  }

  /** Brings the branch through this turn into sight. */
  selectBranch(turnId: string): void {
    if (!this.#find(turnId)) return;
    void this.record({ type: 'head', turnId: lastTurnAfter(this.#conversation, turnId) });
    this.#postConversation(turnId);
  }

  /** Settings of this conversation; members that are `undefined` go back to the user's. */
  changeSettings(settings: ConversationSettings): void {
    void this.record({ type: 'settings', settings: { ...this.#conversation.settings, ...settings } });
    this.#postView();
  }

  findAttachment(id: string): Attachment | undefined {
    return this.#conversation.turns
      .flatMap((turn) => turn.attachments)
      .find((attachment) => attachment.id === id);
  }

  /** Takes the event into memory, and onto the disk once there is a question. */
  record(event: ConversationEvent): Promise<void> {
    this.#conversation = applyEvent(this.#conversation, event);
    this.#changed.fire();
    if (event.type === 'listing') this.#postView();
    return this.#onDisk ? this.#save(event) : Promise.resolve();
  }

  /** What another window wrote into this conversation's file. */
  receive(events: readonly ConversationEvent[]): void {
    this.#foreign.push(events);
  }

  async dispose(): Promise<void> {
    this.#closing = true;
    await this.stopAndSettle();
    this.#messages.dispose();
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
    this.#start(turn.id, async (signal) => {
      this.#writeHeader({ model, parameters });
      const followsHead = asked.parentId === this.#conversation.headId;
      const first = this.#conversation.turns.length === 0;
      const saved = this.record({ type: 'turn', turn });
      const added = this.#find(turn.id);
      if (!added) return false;
      if (followsHead) this.#postTurn(added);
      else this.#postConversation();
      if (first) this.#postView();
      await saved;
      return this.#run(added, signal);
    });
  }

  /** Makes `work` the running answer; afterwards the queued question has its turn, if the answer ended well. */
  #start(turnId: string, work: (signal: AbortSignal) => Promise<boolean>): void {
    const controller = new AbortController();
    const running = { turnId, controller, settled: Promise.resolve() };
    // Before the work begins: what it posts at once must already say that an answer is coming.
    this.#running = running;
    running.settled = work(controller.signal).then((done) => {
      this.#running = undefined;
      const queued = this.#queued;
      if (queued && done && !queued.held) {
        this.#queued = undefined;
        this.submit(queued);
        this.#postView();
      } else if (queued && !queued.held) this.setQueued({ ...queued, held: true });
      this.#changed.fire();
    });
    this.#changed.fire();
  }

  /** Whether the model finished. */
  async #run(
    turn: Turn,
    signal: AbortSignal,
    continuation?: { partial: string; instruction: string },
  ): Promise<boolean> {
    const { models } = this.#options;
    const outcome = await runAnswer({
      turn,
      continuation,
      history: turnsUpTo(this.#conversation, turn.parentId),
      summaries: this.#conversation.summaries,
      systemPrompt: this.settings.systemPrompt,
      openModel: () => models.open(turn.model, { onWait: (wait) => this.#postWait(turn.id, wait) }),
      signal,
      apply: (event) => {
        this.#conversation = applyEvent(this.#conversation, event);
      },
      save: (event) => void this.#save(event),
      post: (message) => this.#post(message),
    });
    this.#markBannedRound(outcome);
    logOutcome(this.#options.log, turn, outcome);
    this.#finish(turn.id, toAnswerFields(outcome, this.#closing));
    return outcome.status === 'done';
  }

  #finish(turnId: string, answer: ReturnType<typeof toAnswerFields>): void {
    void this.record({ type: 'outcome', turnId, outcome: answer });
    const turn = this.#find(turnId);
    if (turn) this.#post({ type: 'turn-finish', turnId, outcome: toOutcomeView(turn.answer) });
  }

  /** The platform may object to an earlier question than the current one: that turn is not sent again. */
  #markBannedRound(outcome: TurnOutcome): void {
    const round = outcome.status === 'done' ? outcome.finish.bannedRound : undefined;
    if (round === undefined || round < 0) return;
    const banned = outcome.prompt?.sent[round];
    if (!banned) return;
    const { text: _text, reasoning: _reasoning, ...answer } = banned.answer;
    this.#finish(banned.id, { ...answer, finishReason: 'content-filter' });
  }

  /** A conversation comes onto the disk with its first question, and keeps the model it began with. */
  #writeHeader(begunWith: { model: string; parameters: ModelParameters }): void {
    if (this.#onDisk) return;
    const { id, createdAt, workspace, settings } = this.#conversation;
    this.#onDisk = true;
    void this.#save({ type: 'conversation', version: 1, id, createdAt, workspace });
    void this.record({ type: 'settings', settings: { ...begunWith, ...settings } });
  }

  /** A finished turn of another window; it comes into sight when it follows what is in sight. */
  #takeForeign(events: readonly ConversationEvent[]): void {
    const { headId } = this.#conversation;
    for (const event of events) this.#conversation = applyEvent(this.#conversation, event);
    const last = this.#conversation.turns.at(-1);
    const extended = !this.#running && last !== undefined && last.parentId === headId;
    if (!extended) this.#conversation = { ...this.#conversation, headId };
    if (extended) this.#postTurn(last);
    else this.#postConversation();
    this.#postView();
    this.#changed.fire();
  }

  #postTurn(turn: Turn): void {
    for (const view of toTurnViews(this.#conversation, [turn], this.#options.models))
      this.#post({ type: 'turn-start', turn: view });
  }

  #postConversation(revealTurnId?: string): void {
    const window = toTurnWindow(this.#conversation, this.#options.models, revealTurnId);
    this.#post({ type: 'conversation-change', conversation: this.view, revealTurnId, ...window });
  }

  #postView(): void {
    this.#post({ type: 'conversation-update', conversation: this.view });
  }

  #postWait(turnId: string, { attempt, delayMs, failure }: RetryWait): void {
    this.#options.log.info(`Trying again in ${delayMs} ms (try ${attempt}): ${failure.message}`);
    const { title } = toErrorCard(failure);
    this.#post({ type: 'turn-wait', turnId, delayMs, attempt, reason: title });
  }

  #post(message: HostMessage): void {
    this.#messages.fire(message);
  }

  #save(event: ConversationEvent): Promise<void> {
    return this.#options.history.append(this.#conversation.id, event);
  }

  #find(turnId: string): Turn | undefined {
    return this.#conversation.turns.findLast(({ id }) => id === turnId);
  }
}
