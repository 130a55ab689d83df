/** Asks a question and collects the whole answer; converts its outcome to stored fields. */

import {
  type AnswerPart,
  addStreamPart,
  answerReasoning,
  answerText,
  createTextSoFar,
} from '../../llm/answerParts.ts';
import type { ChatModel } from '../../llm/chatModel.ts';
import { endingOf, type Generated, type GenerateOptions, generate, sumsOf } from '../../llm/generate.ts';
import type { AnswerOutcome } from './conversation.ts';
import { assembleRequest, type Prompt, type TurnQuestion } from './prompt.ts';

/** `prompt`: what was sent; absent if nothing was. */
export type TurnOutcome = { prompt?: Prompt } & Generated;

/** A collected answer; `text` is partial if it failed or was stopped. */
export type CollectedAnswer = TurnOutcome & {
  text: string;
  reasoning: string;
  parts: readonly AnswerPart[];
};

/**
 * Asks a question and waits for the whole answer. Never rejects: a failure to open the model is an outcome.
 * `onText`: called with the text so far whenever it changes.
 */
export async function collectAnswer(
  model: ChatModel | Promise<ChatModel>,
  turn: TurnQuestion,
  { onText, ...options }: GenerateOptions & { onText?(text: string): void },
): Promise<CollectedAnswer> {
  const parts: AnswerPart[] = [];
  const said = createTextSoFar();
  const onPart: GenerateOptions['onPart'] = (part) => {
    addStreamPart(parts, part);
    options.onPart?.(part);
    const text = said.add(part);
    if (part.type === 'text-delta' || part.type === 'text-replace') onText?.(text);
  };
  let outcome: TurnOutcome;
  let providerId = '';
  try {
    const opened = await model;
    providerId = opened.info.providerId;
    const { prompt, request } = assembleRequest(opened.info, turn);
    outcome = { prompt, ...(await generate(opened, request, { ...options, onPart })) };
  } catch (error) {
    outcome = { ...endingOf(error, options.signal, providerId), steps: [] };
  }
  return { ...outcome, parts, text: answerText({ parts }), reasoning: answerReasoning({ parts }) };
}

/** The stored fields of an outcome. `closing`: the window closed, the user did not stop it. */
export function toAnswerFields(
  outcome: TurnOutcome & { reasoningMs?: number },
  closing: boolean,
): AnswerOutcome {
  const common = {
    omittedTurns: outcome.prompt?.omitted.length || undefined,
    estimatedInputTokens: outcome.prompt?.estimatedTokens,
    reasoningMs: outcome.reasoningMs,
  };
  if (outcome.status === 'done') {
    const { reason, rawReason, usage, cost, rateLimits, requestId } = outcome.finish;
    const word = reason === 'other' ? { rawReason } : {};
    return { status: 'done', finishReason: reason, ...word, usage, cost, rateLimits, requestId, ...common };
  }
  // Earlier steps count, too.
  const spent = outcome.steps.some((step) => step.finish) ? sumsOf(outcome.steps) : {};
  if (outcome.status === 'stopped')
    return { status: closing ? 'interrupted' : 'stopped', ...spent, ...common };
  const { kind, providerId, message, status, code, requestId, retryAfterMs, rateLimits } = outcome.error;
  return {
    status: 'failed',
    requestId,
    ...spent,
    ...common,
    error: { kind, providerId, message, status, code, requestId, retryAfterMs, rateLimits },
  };
}
