/** One answer on its way: its parts go to memory and panel at once, to disk a little later, and its end is told. */

import type { LogOutputChannel } from 'vscode';
import type { Answer, Turn } from '../common/conversation.ts';
import type { ConversationEvent } from '../common/conversationLog.ts';
import type { HostMessage } from '../common/protocol.ts';
import { runTurn, type TurnOutcome, type TurnRequest } from '../common/turn.ts';
import { createDeltaBatcher, type Delta } from './deltaBatcher.ts';

/** Text of a running answer reaches the disk at least this often. */
const saveMs = 400;

export interface AnswerRun extends Omit<TurnRequest, 'question' | 'onPart'> {
  turn: Turn;
  /** Takes the event into memory. */
  apply(event: ConversationEvent): void;
  /** Writes the event to the history file. */
  save(event: ConversationEvent): void;
  post(message: HostMessage): void;
}

/** Never rejects; all that came is applied and saved when it settles, but for the outcome itself. */
export async function runAnswer(run: AnswerRun): Promise<TurnOutcome & { reasoningMs?: number }> {
  const { turn, post } = run;
  const turnId = turn.id;
  const clock = createReasoningClock(turn.answer.reasoningMs);
  const saver = createSaver(run, turnId);
  const batcher = createDeltaBatcher(({ text, reasoning, replaced }) => {
    const reasoningMs = clock.see(reasoning !== '', text !== '');
    if (replaced) {
      saver.flush();
      const event: ConversationEvent = { type: 'replace', turnId, text };
      run.apply(event);
      run.save(event);
      post({ type: 'turn-replace', turnId, text });
    }
    if (replaced && reasoning === '') return;
    const added = { text: replaced ? '' : text, reasoning };
    run.apply({ type: 'delta', turnId, ...added });
    saver.push(added);
    post({ type: 'turn-delta', turnId, ...added, reasoningMs });
  });
  const outcome = await runTurn({ ...run, question: turn, onPart: (part) => batcher.push(part) });
  batcher.flush();
  saver.flush();
  return { ...outcome, reasoningMs: clock.stop() };
}

/** What is kept of an answer's end. `closing`: nobody stopped it; the window closed. */
export function toAnswerFields(
  outcome: TurnOutcome & { reasoningMs?: number },
  closing: boolean,
): Omit<Answer, 'text' | 'reasoning'> {
  const common = {
    omittedTurns: outcome.prompt?.omitted.length || undefined,
    estimatedInputTokens: outcome.prompt?.estimatedTokens,
    reasoningMs: outcome.reasoningMs,
  };
  if (outcome.status === 'stopped') return { status: closing ? 'interrupted' : 'stopped', ...common };
  if (outcome.status === 'done') {
    const { reason, rawReason, usage, cost, rateLimits, requestId } = outcome.finish;
    const word = reason === 'other' ? { rawReason } : {};
    return { status: 'done', finishReason: reason, ...word, usage, cost, rateLimits, requestId, ...common };
  }
  const { kind, providerId, message, status, code, requestId, retryAfterMs, rateLimits } = outcome.error;
  return {
    status: 'failed',
    requestId,
    ...common,
    error: { kind, providerId, message, status, code, requestId, retryAfterMs, rateLimits },
  };
}

/** How a request ended, for the log; no text of question or answer. */
export function logOutcome(log: LogOutputChannel, { model }: Turn, outcome: TurnOutcome): void {
  if (outcome.status === 'failed') {
    const { kind, status, code, requestId, message } = outcome.error;
    const facts = [
      `kind ${kind}`,
      status && `status ${status}`,
      code && `code ${code}`,
      requestId && `request ${requestId}`,
    ];
    log.error(`${model}: ${message} (${facts.filter(Boolean).join(', ')})`);
  } else {
    const finish = outcome.status === 'done' ? outcome.finish : undefined;
    const facts = [
      finish?.usage && `${finish.usage.totalTokens} tokens`,
      finish?.requestId && `request ${finish.requestId}`,
    ];
    log.info(`${model}: ${outcome.status} ${facts.filter(Boolean).join(', ')}`.trimEnd());
  }
}

/** Collects deltas and writes them at most `saveMs` after the first of them. */
function createSaver(
  { save }: AnswerRun,
  turnId: string,
): { push(delta: Omit<Delta, 'replaced'>): void; flush(): void } {
  let unsaved = { text: '', reasoning: '' };
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (unsaved.text === '' && unsaved.reasoning === '') return;
    save({ type: 'delta', turnId, ...unsaved });
    unsaved = { text: '', reasoning: '' };
  };
  return {
    push({ text, reasoning }) {
      unsaved = { text: unsaved.text + text, reasoning: unsaved.reasoning + reasoning };
      timer ??= setTimeout(flush, saveMs);
    },
    flush,
  };
}

/** How long the model reasons: from its first thought to its first word, or to the end. */
function createReasoningClock(before = 0): {
  /** Gives the time once, when the reasoning is over. */
  see(reasoning: boolean, text: boolean): number | undefined;
  stop(): number | undefined;
} {
  let startedAt: number | undefined;
  let total = before;
  const stop = (): number | undefined => {
    if (startedAt !== undefined) total += Math.round(performance.now() - startedAt);
    startedAt = undefined;
    return total || undefined;
  };
  return {
    see(reasoning, text) {
      if (reasoning) startedAt ??= performance.now();
      return text && startedAt !== undefined ? stop() : undefined;
    },
    stop,
  };
}
