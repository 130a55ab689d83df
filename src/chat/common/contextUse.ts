/** Measures how much of the model's context the next request takes, trimmed as it will be when it is sent. */

import { answerReasoning, answerText, usesTools } from '../../llm/answerParts.ts';
import { inputBudget, outputRoom, tokenScale } from '../../llm/budget.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';
import { effectiveParameters } from '../../llm/parameters.ts';
import { estimateTokens } from '../../llm/tokens.ts';
import type { Attachment, Turn } from './conversation.ts';
import {
  assemblePrompt,
  estimateAttachment,
  estimateTurn,
  isWorthRepeating,
  type PromptOptions,
} from './prompt.ts';

export interface ContextUse {
  /** Tokens of the next request. */
  tokens: number;
  /** Whether the platform counted them; else they are estimated. */
  exact: boolean;
  /** What the model takes in one request, in tokens; `undefined` where it is unknown. */
  limit?: number;
  /** How many of the oldest turns are left out, and the first turn that is sent. */
  omittedTurns: number;
  firstSentTurnId?: string;
  /** The last turn that a summary replaces. */
  summarisedThroughTurnId?: string;
  /** Tokens of the request if no turn were left out. */
  wantedTokens: number;
}

export interface ContextUseOptions extends Pick<PromptOptions, 'history' | 'systemPrompt' | 'summaries'> {
  /** The draft, and what would be sent with it. */
  question: Pick<Turn, 'question' | 'prompt' | 'attachments' | 'model' | 'parameters'>;
  info: ModelInfo;
}

/** Returns `measureContext` with a cache of two results: for the draft with and without its attachments. */
export function createContextMeasure(): typeof measureContext {
  let known: readonly { inputs: readonly unknown[]; use: ContextUse }[] = [];
  return (options) => {
    const inputs = inputsOf(options);
    const found = known.find((one) => haveSameItems(one.inputs, inputs));
    const newest = found ?? { inputs, use: measureContext(options) };
    known = [newest, ...known.filter((one) => one !== newest)].slice(0, 2);
    return newest.use;
  };
}

/** Everything that the result depends on. Turns, summaries and attachments are immutable. */
function inputsOf({ history, question, systemPrompt, summaries = [], info }: ContextUseOptions): unknown[] {
  const { question: text, prompt, attachments, model, parameters } = question;
  const small = JSON.stringify([model, parameters, info]);
  return [text, prompt, systemPrompt, small, ...history, ...summaries, ...attachments];
}

function haveSameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

export function measureContext({
  history,
  question,
  systemPrompt,
  summaries,
  info,
}: ContextUseOptions): ContextUse {
  const scale = tokenScale(history, question.model);
  const outputTokens = outputRoom(info, effectiveParameters(info, question.parameters));
  const prompt = assemblePrompt({ history, question, systemPrompt, summaries, info, outputTokens, scale });
  const { estimatedTokens, sent, omitted, summarisedThroughTurnId } = prompt;
  const whole = omitted.length === 0 && summarisedThroughTurnId === undefined;
  const counted = whole ? countedByPlatform({ history, question, info }, scale) : undefined;
  const estimated = Math.round(estimatedTokens * scale);
  return {
    tokens: counted?.tokens ?? estimated,
    exact: counted?.exact ?? false,
    limit: inputBudget(info, outputTokens),
    omittedTurns: omitted.length,
    firstSentTurnId: sent[0]?.id,
    summarisedThroughTurnId,
    wantedTokens:
      estimated + Math.round(omitted.reduce((sum, turn) => sum + estimateTurn(turn, info), 0) * scale),
  };
}

/** The platform's count of the last request, its answer, and the draft. */
function countedByPlatform(
  {
    history,
    question: { question, prompt, attachments, model },
    info,
  }: Pick<ContextUseOptions, 'history' | 'question' | 'info'>,
  scale: number,
): { tokens: number; exact: boolean } | undefined {
  const last = history.at(-1);
  const usage = last?.answer.usage;
  if (!last || !usage || last.model !== model || last.answer.omittedTurns || !isWorthRepeating(last))
    return undefined;
  // The usage is the sum over several requests, not the last one's size.
  if (usesTools(last.answer)) return undefined;
  const reasoned = answerReasoning(last.answer) !== '';
  const answer = reasoned ? Math.round(estimateTokens(answerText(last.answer)) * scale) : usage.outputTokens;
  const added = attachments.reduce(
    (total, attachment) => total + estimateAttachment(attachment, info),
    estimateTokens(prompt ?? question),
  );
  return {
    tokens: usage.inputTokens + answer + Math.round(added * scale),
    exact: !reasoned && added === 0,
  };
}

/**
 * Whether the next request contains the attachment already: the same text of the same place, with a turn of `history`
 * that is sent again or, as its last one, still running. `measure`: caches the measure for several attachments.
 */
export function isRepeated(
  attachment: Attachment,
  { history, ...options }: ContextUseOptions,
  measure = measureContext,
): boolean {
  const holds = history.map(({ attachments }) => attachments.some((one) => isSame(one, attachment)));
  if (!holds.includes(true)) return false;
  if (holds.at(-1) && history.at(-1)?.answer.status === 'running') return true;
  const { firstSentTurnId } = measure({ ...options, history });
  const firstSent = history.findIndex(({ id }) => id === firstSentTurnId);
  return (
    firstSent !== -1 &&
    history.some((turn, index) => index >= firstSent && holds[index] && isWorthRepeating(turn))
  );
}

function isSame(one: Attachment, other: Attachment): boolean {
  const members = ['uri', 'path', 'startLine', 'endLine', 'text'] as const;
  return members.every((member) => one[member] === other[member]);
}
