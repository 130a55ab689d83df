/** One conversation and its running answer: owns the state that every panel shows. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Answer, Attachment, Conversation, Turn } from '../core/conversation.ts';
import { applyEvent, type ConversationEvent } from '../core/conversationLog.ts';
import { isWorthRepeating } from '../core/prompt.ts';
import type { HostMessage } from '../core/protocol.ts';
import { runTurn, type TurnOutcome } from '../core/turn.ts';
import type { RetryWait } from '../providers/connection.ts';
import { createDeltaBatcher, type Delta } from './deltaBatcher.ts';
import { toErrorCard } from './errorCard.ts';
import type { History } from './history.ts';
import type { Models } from './models.ts';
import { readParameters } from './parameterSettings.ts';
import { readModelSetting, readSystemPrompt } from './settings.ts';
import { toOutcomeView, toTurnView } from './views.ts';

/** Text of a running answer reaches the disk at least this often. */
const saveMs = 400;

export class ChatSession {
  #conversation: Conversation;
  #running: { turnId: string; controller: AbortController; settled: Promise<void> } | undefined;
  #closing = false;
  readonly #messages = new vscode.EventEmitter<HostMessage>();
  /** What every open panel must be told. */
  readonly onMessage = this.#messages.event;
  readonly #models: Models;
  readonly #history: History;
  readonly #log: vscode.LogOutputChannel;

  constructor(options: {
    models: Models;
    history: History;
    log: vscode.LogOutputChannel;
    last: Conversation | undefined;
  }) {
    this.#models = options.models;
    this.#history = options.history;
    this.#log = options.log;
    this.#conversation = options.last ?? newConversation();
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Asks; `false` when an answer is still running, or there is nothing to ask. The question is on disk before its
   * request is sent. `insteadOf`: an earlier try at the same question, which the model need not see.
   */
  submit(question: string, attachments: readonly Attachment[], insteadOf?: string): boolean {
    if (this.#running || (question.trim() === '' && attachments.length === 0)) return false;
    const turn: Omit<Turn, 'answer'> = {
      id: randomUUID(),
      question,
      attachments,
      model: this.#models.normalize(readModelSetting()),
      parameters: readParameters(),
      askedAt: Date.now(),
    };
    const controller = new AbortController();
    const settled = this.#ask(turn, controller.signal, insteadOf).finally(() => {
      this.#running = undefined;
      void vscode.commands.executeCommand('setContext', 'qiao.busy', false);
    });
    this.#running = { turnId: turn.id, controller, settled };
    void vscode.commands.executeCommand('setContext', 'qiao.busy', true);
    return true;
  }

  stop(): void {
    this.#running?.controller.abort();
  }

  /** Stops, and waits until the partial answer is recorded. */
  async stopAndSettle(): Promise<void> {
    this.stop();
    await this.#running?.settled;
  }

  /** Asks the turn's question again. A turn that brought no text gives way; one that did stays in sight. */
  retry(turnId: string): void {
    const turn = this.#conversation.turns.find(({ id }) => id === turnId);
    if (!turn || this.#running) return;
    if (turn.answer.text === '') {
      void this.#record({ type: 'removal', turnId });
      this.#postConversation();
    }
    this.submit(turn.question, turn.attachments, turnId);
  }

  async newChat(): Promise<void> {
    await this.stopAndSettle();
    this.#conversation = newConversation();
    this.#history.setLast(undefined);
    this.#postConversation();
  }

  findAttachment(id: string): Attachment | undefined {
    return this.#conversation.turns
      .flatMap((turn) => turn.attachments)
      .find((attachment) => attachment.id === id);
  }

  async dispose(): Promise<void> {
    this.#closing = true;
    await this.stopAndSettle();
    await this.#history.flush();
    this.#messages.dispose();
  }

  async #ask(asked: Omit<Turn, 'answer'>, signal: AbortSignal, insteadOf?: string): Promise<void> {
    const history = this.#conversation.turns;
    if (history.length === 0) {
      const { id, createdAt } = this.#conversation;
      const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null;
      void this.#history.append(id, { type: 'conversation', version: 1, id, createdAt, workspace });
      this.#history.setLast(id);
    }
    const saved = this.#record({ type: 'turn', turn: asked });
    const turn = this.#conversation.turns.at(-1);
    if (turn) this.#messages.fire({ type: 'turn-start', turn: toTurnView(turn, this.#models) });
    await saved;

    const saver = this.#createSaver(asked.id);
    const batcher = createDeltaBatcher((delta) => {
      saver.push(delta);
      this.#postDelta(asked.id, delta);
    });
    const outcome = await runTurn({
      openModel: () => this.#models.open(asked.model, { onWait: (wait) => this.#postWait(asked.id, wait) }),
      history: history.filter(({ id }) => id !== insteadOf),
      question: asked,
      systemPrompt: readSystemPrompt(),
      parameters: asked.parameters,
      signal,
      onPart: (part) => batcher.push(part),
    });
    batcher.flush();
    saver.flush();
    this.#markBannedRound(asked.id, insteadOf, outcome);
    this.#logOutcome(asked, outcome);
    const answer = toAnswerFields(outcome, this.#closing);
    void this.#record({ type: 'outcome', turnId: asked.id, outcome: answer });
    this.#messages.fire({ type: 'turn-finish', turnId: asked.id, outcome: toOutcomeView(answer) });
  }

  /** The platform may object to an earlier question than the current one: that turn is not sent again. */
  #markBannedRound(turnId: string, insteadOf: string | undefined, outcome: TurnOutcome): void {
    const round = outcome.status === 'done' ? outcome.finish.bannedRound : undefined;
    if (round === undefined || round < 0) return;
    const sent = this.#conversation.turns
      .filter((turn) => turn.id !== turnId && turn.id !== insteadOf && isWorthRepeating(turn))
      .slice(outcome.omittedTurns);
    const banned = sent[round];
    if (!banned) return;
    const { text: _text, reasoning: _reasoning, ...answer } = banned.answer;
    const marked = { ...answer, finishReason: 'content-filter' as const };
    void this.#record({ type: 'outcome', turnId: banned.id, outcome: marked });
    this.#messages.fire({ type: 'turn-finish', turnId: banned.id, outcome: toOutcomeView(marked) });
  }

  #postDelta(turnId: string, { text, reasoning, replaced }: Delta): void {
    if (replaced) this.#messages.fire({ type: 'turn-replace', turnId, text });
    if (!replaced || reasoning !== '') {
      this.#messages.fire({ type: 'turn-delta', turnId, text: replaced ? '' : text, reasoning });
    }
  }

  #postWait(turnId: string, { attempt, delayMs, failure }: RetryWait): void {
    this.#log.info(`Trying again in ${delayMs} ms (try ${attempt}): ${failure.message}`);
    const { title } = toErrorCard(failure);
    this.#messages.fire({ type: 'turn-wait', turnId, delayMs, attempt, reason: title });
  }

  /** Keeps the state current at once, and the file at most `saveMs` behind. */
  #createSaver(turnId: string): { push(delta: Delta): void; flush(): void } {
    const unsaved: ConversationEvent = { type: 'delta', turnId, text: '', reasoning: '' };
    let timer: NodeJS.Timeout | undefined;
    const flush = (): void => {
      clearTimeout(timer);
      timer = undefined;
      if (unsaved.text === '' && unsaved.reasoning === '') return;
      void this.#history.append(this.#conversation.id, { ...unsaved });
      unsaved.text = '';
      unsaved.reasoning = '';
    };
    return {
      push: ({ text, reasoning, replaced }) => {
        if (replaced) {
          flush();
          void this.#record({ type: 'replace', turnId, text });
        }
        const added = { text: replaced ? '' : text, reasoning };
        this.#conversation = applyEvent(this.#conversation, { type: 'delta', turnId, ...added });
        unsaved.text += added.text;
        unsaved.reasoning += added.reasoning;
        timer ??= setTimeout(flush, saveMs);
      },
      flush,
    };
  }

  #record(event: ConversationEvent): Promise<void> {
    this.#conversation = applyEvent(this.#conversation, event);
    return this.#history.append(this.#conversation.id, event);
  }

  #postConversation(): void {
    const turns = this.#conversation.turns.map((turn) => toTurnView(turn, this.#models));
    this.#messages.fire({ type: 'conversation-change', turns });
  }

  #logOutcome({ model }: Omit<Turn, 'answer'>, outcome: TurnOutcome): void {
    if (outcome.status === 'failed') {
      const { kind, status, code, requestId, message } = outcome.error;
      const facts = [
        `kind ${kind}`,
        status && `status ${status}`,
        code && `code ${code}`,
        requestId && `request ${requestId}`,
      ];
      this.#log.error(`${model}: ${message} (${facts.filter(Boolean).join(', ')})`);
    } else {
      const finish = outcome.status === 'done' ? outcome.finish : undefined;
      const facts = [
        finish?.usage && `${finish.usage.totalTokens} tokens`,
        finish?.requestId && `request ${finish.requestId}`,
      ];
      this.#log.info(`${model}: ${outcome.status} ${facts.filter(Boolean).join(', ')}`.trimEnd());
    }
  }
}

function newConversation(): Conversation {
  return { id: randomUUID(), createdAt: Date.now(), turns: [] };
}

/** `closing`: nobody stopped the answer; the window closed. */
function toAnswerFields(outcome: TurnOutcome, closing: boolean): Omit<Answer, 'text' | 'reasoning'> {
  const omittedTurns = outcome.omittedTurns || undefined;
  if (outcome.status === 'stopped') return { status: closing ? 'interrupted' : 'stopped', omittedTurns };
  if (outcome.status === 'done') {
    const { reason, usage, requestId } = outcome.finish;
    return { status: 'done', finishReason: reason, usage, requestId, omittedTurns };
  }
  const { kind, providerId, message, status, code, requestId } = outcome.error;
  return {
    status: 'failed',
    requestId,
    omittedTurns,
    error: { kind, providerId, message, status, code, requestId },
  };
}
