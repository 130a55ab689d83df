/** The token budget of a request: what a model takes, what is kept free for its answer, and what messages take. */

import { type AnswerPart, usesTools } from './answerParts.ts';
import type { ChatMessage, ModelInfo, ModelParameters, Usage } from './chatModel.ts';
import { estimateImageTokens, estimateTokens } from './tokens.ts';

/** What messages take, or may take; some platforms limit characters. */
export interface Size {
  tokens: number;
  characters: number;
}

/** What tells the scale: what a request was estimated to take, and what the platform counted. */
interface CountedTurn {
  model: string;
  answer: { parts: readonly AnswerPart[]; usage?: Usage; estimatedInputTokens?: number };
}

/** Tokens to keep free for the answer. */
export function outputRoom({ parameters: rules }: ModelInfo, { maxOutputTokens }: ModelParameters): number {
  const rule = rules.maxOutputTokens;
  return maxOutputTokens ?? (rule?.type === 'integer' ? rule.default : undefined) ?? 1500;
}

/** What a model takes in one request, in tokens; `undefined` where it is not known. */
export function inputBudget(info: ModelInfo, outputTokens: number): number | undefined {
  if (info.maxInputTokens !== undefined) return info.maxInputTokens;
  return info.contextTokens === undefined ? undefined : Math.max(0, info.contextTokens - outputTokens);
}

/** In tokens; `undefined` where it is not known what the model takes. */
export function attachmentRoom(info: ModelInfo, parameters: ModelParameters): number | undefined {
  const budget = inputBudget(info, outputRoom(info, parameters));
  return budget && Math.floor(budget * attachedShare);
}

/** What a request may hold by Qiao's own estimate: whole numbers, so that sums in any order agree about what fits. */
export function requestLimit(info: ModelInfo, outputTokens: number, scale: number): Size {
  return {
    tokens: Math.floor((inputBudget(info, outputTokens) ?? Infinity) / scale / headroom),
    characters: info.maxInputCharacters ?? Infinity,
  };
}

/**
 * How many tokens the platform counts for each one that Qiao estimates, told by the last request to the same model.
 * Short requests tell nothing: what a platform adds to each weighs too much in them.
 */
export function tokenScale(history: readonly CountedTurn[], model: string): number {
  const last = history.findLast(
    (turn) =>
      turn.model === model &&
      turn.answer.usage !== undefined &&
      // Their counts are the sums of several requests.
      !usesTools(turn.answer) &&
      (turn.answer.estimatedInputTokens ?? 0) >= shortestTelling,
  )?.answer;
  if (!last?.usage || !last.estimatedInputTokens) return 1;
  return Math.min(2, Math.max(0.5, last.usage.inputTokens / last.estimatedInputTokens));
}

/** A few tokens a message go to its role; two characters to the blank line that joins a system text to a question. */
export function sizeOfMessages(messages: readonly ChatMessage[]): Size {
  let tokens = 0;
  let characters = 0;
  for (const { content, images = [], toolCalls = [] } of messages) {
    tokens += estimateTokens(content) + 4;
    for (const image of images) tokens += estimateImageTokens(image);
    characters += content.length + 2;
    for (const { name, arguments: text } of toolCalls) {
      tokens += estimateTokens(name) + estimateTokens(text) + 4;
      characters += name.length + text.length;
    }
  }
  return { tokens, characters };
}

/** How much of the input attachments may fill, beside what is asked and what a platform adds; estimates err. */
const attachedShare = 0.75;
const shortestTelling = 200;
/** Estimates may be too low; what is trimmed by them still has to fit. */
const headroom = 1.1;
