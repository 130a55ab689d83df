/** The only place where a question becomes an answer: its request is put together here, and how it ended is kept. */

import type { AnswerPart } from '../../llm/answerParts.ts';
import { addStreamPart, answerReasoning, answerText } from '../../llm/answerParts.ts';
import type { ChatModel, ChatRequest, ModelInfo, ModelParameters } from '../../llm/chatModel.ts';
import { endingOf, type Generated, type GenerateOptions, generate, sumsOf } from '../../llm/generate.ts';
import { selectParameters } from '../../llm/parameters.ts';
import type { AnswerOutcome, Turn } from './conversation.ts';
import { assemblePrompt, inputBudget, type Prompt, type PromptOptions, tokenScale } from './prompt.ts';

/** A question, and what is sent with it. */
export interface TurnQuestion
  extends Partial<Pick<PromptOptions, 'history' | 'systemPrompt' | 'summaries' | 'continuation'>> {
  /** `parameters`: what the user set; for the rest the model's own suggestions, then the platform's defaults. */
  question: Pick<Turn, 'question' | 'prompt' | 'attachments' | 'model'> & Partial<Pick<Turn, 'parameters'>>;
}

/** `prompt`: what was sent, if it came to that. */
export type TurnOutcome = { prompt?: Prompt } & Generated;

/** Never rejects: that the model can't be opened is an outcome, too. */
export async function answerQuestion(
  model: ChatModel | Promise<ChatModel>,
  turn: TurnQuestion,
  options: GenerateOptions,
): Promise<TurnOutcome> {
  let providerId = '';
  try {
    const opened = await model;
    providerId = opened.info.providerId;
    const { prompt, request } = assembleRequest(opened.info, turn);
    return { prompt, ...(await generate(opened, request, options)) };
  } catch (error) {
    return { ...endingOf(error, options.signal, providerId), steps: [] };
  }
}

/** What came of an answer, however it ended. */
export type CollectedAnswer = TurnOutcome & {
  text: string;
  reasoning: string;
  parts: readonly AnswerPart[];
};

/** The same for an answer that is read as a whole. `onText`: called with the whole text so far, when it changes. */
export async function collectAnswer(
  model: ChatModel | Promise<ChatModel>,
  turn: TurnQuestion,
  { onText, ...options }: GenerateOptions & { onText?(text: string): void },
): Promise<CollectedAnswer> {
  const parts: AnswerPart[] = [];
  const outcome = await answerQuestion(model, turn, {
    ...options,
    onPart(part) {
      addStreamPart(parts, part);
      options.onPart?.(part);
      if (part.type === 'text-delta' || part.type === 'text-replace') onText?.(answerText({ parts }));
    },
  });
  return { ...outcome, parts, text: answerText({ parts }), reasoning: answerReasoning({ parts }) };
}

/** What is kept of an answer's end. `closing`: nobody stopped it; the window closed. */
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
  // What its earlier steps took is spent.
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

/** What a turn asks the model for: messages within its budget, and the parameters it takes. */
export function assembleRequest(
  info: ModelInfo,
  turn: TurnQuestion,
): { prompt: Prompt; request: ChatRequest } {
  const { history = [], systemPrompt = '', question } = turn;
  const parameters = effectiveParameters(info, question.parameters ?? {});
  const prompt = assemblePrompt({
    ...turn,
    history,
    systemPrompt,
    info,
    outputTokens: outputRoom(info, parameters),
    scale: tokenScale(history, question.model),
  });
  return { prompt, request: { messages: prompt.messages, parameters } };
}

/** What is sent for a model where the user set these. */
export function effectiveParameters(info: ModelInfo, parameters: ModelParameters): ModelParameters {
  return selectParameters(info.parameters, { ...info.suggested, ...parameters });
}

/** Tokens to keep free for the answer. */
export function outputRoom({ parameters: rules }: ModelInfo, { maxOutputTokens }: ModelParameters): number {
  const rule = rules.maxOutputTokens;
  return maxOutputTokens ?? (rule?.type === 'integer' ? rule.default : undefined) ?? 1500;
}

/** How much of the input attachments may fill, beside what is asked and what a platform adds; estimates err. */
const attachedShare = 0.75;

/** In tokens; `undefined` where it is not known what the model takes. */
export function attachmentRoom(info: ModelInfo, parameters: ModelParameters): number | undefined {
  const budget = inputBudget(info, outputRoom(info, parameters));
  return budget && Math.floor(budget * attachedShare);
}
