/** Answers one turn: opens its model, applies and shows each part at once, saves it a little later, and records the outcome. */

import type { LogOutputChannel } from 'vscode';
import type { Models } from '../../connections/host/models.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import { type AnswerStreamPart, answerText, isToolPart, stepGap } from '../../llm/answerParts.ts';
import { endingOf, generate } from '../../llm/generate.ts';
import { type Cost, sumCosts } from '../../llm/pricing.ts';
import type { RetryWait } from '../../providers/connection.ts';
import { type TurnOutcome, toAnswerFields } from '../common/collectAnswer.ts';
import { type Answer, type AnswerOutcome, type Turn, turnsUpTo } from '../common/conversation.ts';
import type { ConversationEvent } from '../common/conversationLog.ts';
import { assembleRequest, type TurnQuestion } from '../common/prompt.ts';
import type { ConversationStore } from './conversationStore.ts';
import { createDeltaBatcher, type Delta, frameMs } from './deltaBatcher.ts';
import { toOutcomeView, toToolViews } from './turnViews.ts';

export interface TurnToAnswer {
  turn: Turn;
  store: ConversationStore;
  models: Models;
  log: LogOutputChannel;
  systemPrompt: string;
  /** Continues a partial answer. */
  continuation?: TurnQuestion['continuation'];
  signal: AbortSignal;
  /** Called when the answer was aborted: whether the window closed, rather than the user stopping it. */
  isClosing(): boolean;
}

/** Milliseconds until text of a running answer is saved. */
const saveMs = 400;

/** Returns whether the model finished. Never rejects. */
export async function answerTurn(options: TurnToAnswer): Promise<boolean> {
  const { turn, store, log } = options;
  const recorder = createRecorder(turn, store);
  const outcome = await requestAnswer(options, (part) => recorder.add(part));
  const reasoningMs = recorder.finish();
  markBannedRound(outcome, options);
  logOutcome(log, turn, outcome);
  const fields = toAnswerFields({ ...outcome, reasoningMs }, options.isClosing());
  // A continued answer has cost something before.
  const cost = totalCost(store.find(turn.id)?.answer.cost, fields.cost);
  finish(turn.id, { ...fields, cost }, options);
  return outcome.status === 'done';
}

/** Never rejects: failing to open the model or to assemble the request is an outcome. */
async function requestAnswer(
  { turn, store, models, log, systemPrompt, continuation, signal }: TurnToAnswer,
  onPart: (part: AnswerStreamPart) => void,
): Promise<TurnOutcome> {
  const onWait = ({ delayMs, attempt, failure }: RetryWait): void => {
    log.info(`Trying again in ${delayMs} ms (try ${attempt}): ${failure.message}`);
    store.post({ type: 'turn-wait', turnId: turn.id, delayMs, attempt, reason: toErrorCard(failure).title });
  };
  const { summaries } = store.state;
  const history = turnsUpTo(store.state, turn.parentId);
  let providerId = '';
  try {
    const model = await models.open(turn.model, { turnId: turn.id, onWait });
    providerId = model.info.providerId;
    const question = { question: turn, history, summaries, systemPrompt, continuation };
    const { prompt, request } = assembleRequest(model.info, question);
    return { prompt, ...(await generate(model, request, { signal, onPart })) };
  } catch (error) {
    return { ...endingOf(error, signal, providerId), steps: [] };
  }
}

/** Logs how a request ended, without any text of question or answer. */
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
    const end = outcome.status === 'done' ? outcome.finish : undefined;
    const facts = [
      end?.usage && `${end.usage.totalTokens} tokens`,
      end?.requestId && `request ${end.requestId}`,
    ];
    log.info(`${model}: ${outcome.status} ${facts.filter(Boolean).join(', ')}`.trimEnd());
  }
}

interface Recorder {
  add(part: AnswerStreamPart): void;
  /** Applies and saves what is waiting. Returns how long the model reasoned, in milliseconds. */
  finish(): number | undefined;
}

/** Merges texts and tool rows per frame. */
function createRecorder({ id: turnId, answer }: Turn, store: ConversationStore): Recorder {
  const clock = createReasoningClock(answer.reasoningMs);
  const saver = createSaver(store, turnId);
  const current = (): Pick<Answer, 'parts'> => store.find(turnId)?.answer ?? { parts: [] };
  /** The separators between the texts so far and those of the next step. */
  const gapsOf = ({ parts }: Pick<Answer, 'parts'>) => {
    const last = parts.at(-1);
    const gapAfter = (kind: 'text' | 'reasoning'): string =>
      last && isToolPart(last) && parts.some(({ type }) => type === kind) ? stepGap : '';
    return { text: gapAfter('text'), reasoning: gapAfter('reasoning') };
  };
  let gaps = gapsOf(answer);
  let toolTimer: NodeJS.Timeout | undefined;
  const postTools = (): void => {
    clearTimeout(toolTimer);
    toolTimer = undefined;
    store.post({ type: 'turn-tools', turnId, tools: toToolViews(current()) });
  };
  const afterGap = (kind: keyof typeof gaps, text: string): string => {
    if (text === '' || gaps[kind] === '') return text;
    const gap = gaps[kind];
    gaps = { ...gaps, [kind]: '' };
    return gap + text;
  };
  const write = (event: ConversationEvent): void => {
    saver.flush();
    store.apply(event);
    void store.save(event);
  };
  const batcher = createDeltaBatcher(({ text, reasoning, replaced }) => {
    const reasoningMs = clock.see(reasoning !== '', text !== '');
    if (replaced) {
      write({ type: 'replace', turnId, text });
      gaps = { ...gaps, text: '' };
      store.post({ type: 'turn-replace', turnId, text: answerText(current()) });
    }
    if (replaced && reasoning === '') return;
    const added = { text: replaced ? '' : text, reasoning };
    store.apply({ type: 'delta', turnId, ...added });
    saver.push(added);
    store.post({
      type: 'turn-delta',
      turnId,
      text: afterGap('text', added.text),
      reasoning: afterGap('reasoning', reasoning),
      reasoningMs,
    });
  });
  return {
    add(part) {
      if (!isToolPart(part)) return batcher.push(part);
      batcher.flush();
      write({ type: 'part', turnId, part });
      gaps = gapsOf(current());
      toolTimer ??= setTimeout(postTools, frameMs);
    },
    finish() {
      batcher.flush();
      if (toolTimer) postTools();
      saver.flush();
      return clock.stop();
    },
  };
}

/** Merges deltas and saves them at most `saveMs` after the first. */
function createSaver(
  store: ConversationStore,
  turnId: string,
): { push(delta: Omit<Delta, 'replaced'>): void; flush(): void } {
  let unsaved = { text: '', reasoning: '' };
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (unsaved.text === '' && unsaved.reasoning === '') return;
    void store.save({ type: 'delta', turnId, ...unsaved });
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

/** Measures the reasoning: from its first delta to the first text, or to the end. */
function createReasoningClock(before = 0): {
  /** Returns the milliseconds once, when the reasoning ends. */
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

function totalCost(before: Cost | undefined, now: Cost | undefined): Cost | undefined {
  const sums = sumCosts([before, now]);
  return sums.length === 1 ? sums[0] : (now ?? before);
}

type Ending = Pick<TurnToAnswer, 'store' | 'models'>;

function finish(turnId: string, outcome: AnswerOutcome, { store, models }: Ending): void {
  void store.record({ type: 'outcome', turnId, outcome });
  const turn = store.find(turnId);
  if (turn)
    store.post({
      type: 'turn-finish',
      turnId,
      outcome: toOutcomeView(turn.answer, models.successorOf(turn.model)),
    });
}

/** Marks an earlier turn that the platform refused as filtered, so that it is not sent again. */
function markBannedRound(outcome: TurnOutcome, ending: Ending): void {
  const round = outcome.status === 'done' ? outcome.finish.bannedRound : undefined;
  if (round === undefined || round < 0) return;
  const banned = outcome.prompt?.sent[round];
  if (!banned) return;
  const { parts: _parts, ...answer } = banned.answer;
  finish(banned.id, { ...answer, finishReason: 'content-filter' }, ending);
}
