/** How full the next request will be: the same trimming as when it is sent, counted as well as can be. */

import { answerReasoning, answerText, usesTools } from '../../llm/answerParts.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';
import { estimateTokens } from '../../llm/tokens.ts';
import type { Turn } from './conversation.ts';
import {
  assemblePrompt,
  estimateAttachment,
  estimateTurn,
  inputBudget,
  isWorthRepeating,
  type PromptOptions,
  tokenScale,
} from './prompt.ts';
import { effectiveParameters, outputRoom } from './turn.ts';

export interface ContextUse {
  /** Tokens of the next request. */
  tokens: number;
  /** Whether the platform itself counted them. */
  exact: boolean;
  /** What the model takes in one request, in tokens; `undefined` where it is not known. */
  limit?: number;
  omittedTurns: number;
  firstSentTurnId?: string;
  summarisedThroughTurnId?: string;
  /** Tokens if nothing were left out. */
  wantedTokens: number;
}

export interface ContextUseOptions extends Pick<PromptOptions, 'history' | 'systemPrompt' | 'summaries'> {
  /** What is being typed, and what would be sent with it. */
  question: Pick<Turn, 'question' | 'prompt' | 'attachments' | 'model' | 'parameters'>;
  info: ModelInfo;
}

/**
 * As `measureContext`, but counts nothing again that is among the last two requests it was asked about: what is being
 * typed, with and without what is attached.
 */
export function createContextMeasure(): typeof measureContext {
  let known: readonly { facts: readonly unknown[]; use: ContextUse }[] = [];
  return (options) => {
    const facts = factsOf(options);
    const found = known.find((one) => haveSameItems(one.facts, facts));
    const newest = found ?? { facts, use: measureContext(options) };
    known = [newest, ...known.filter((one) => one !== newest)].slice(0, 2);
    return newest.use;
  };
}

/** All that counts. Turns, summaries and attachments are never changed, only replaced. */
function factsOf({ history, question, systemPrompt, summaries = [], info }: ContextUseOptions): unknown[] {
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

/** The last request as the platform counted it, its answer, and what has been typed since. */
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
  // The counts of several requests say nothing of the last one's size.
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
