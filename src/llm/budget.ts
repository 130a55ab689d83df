/** The token budget of a request: the model's limit, the room for the answer, and the size of messages. */

import { type AnswerPart, usesTools } from './answerParts.ts';
import type { ChatMessage, ModelInfo, ModelParameters, Usage } from './chatModel.ts';
import { estimateImageTokens, estimateTokens } from './tokens.ts';

/** The size of messages, or a limit on it; some platforms limit characters. */
export interface Size {
  tokens: number;
  characters: number;
}

/** The estimate of a request and the platform's count. */
interface CountedTurn {
  model: string;
  answer: { parts: readonly AnswerPart[]; usage?: Usage; estimatedInputTokens?: number };
}

/** Tokens to keep free for the answer. */
export function outputRoom({ parameters: rules }: ModelInfo, { maxOutputTokens }: ModelParameters): number {
  const rule = rules.maxOutputTokens;
  return maxOutputTokens ?? (rule?.type === 'integer' ? rule.default : undefined) ?? 1500;
}

/** Maximum input of a request in tokens; `undefined` if unknown. */
export function inputBudget(info: ModelInfo, outputTokens: number): number | undefined {
  if (info.maxInputTokens !== undefined) return info.maxInputTokens;
  return info.contextTokens === undefined ? undefined : Math.max(0, info.contextTokens - outputTokens);
}

/** Maximum size of attachments in tokens; `undefined` if the model's limit is unknown. */
export function attachmentRoom(info: ModelInfo, parameters: ModelParameters): number | undefined {
  const budget = inputBudget(info, outputRoom(info, parameters));
  return budget && Math.floor(budget * attachedShare);
}

/** The limits by Qiao's own estimate, as integers, so that sums in any order agree. */
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
      // The counts of answers with tools are sums of several requests.
      !usesTools(turn.answer) &&
      (turn.answer.estimatedInputTokens ?? 0) >= shortestTelling,
  )?.answer;
  if (!last?.usage || !last.estimatedInputTokens) return 1;
  return Math.min(2, Math.max(0.5, last.usage.inputTokens / last.estimatedInputTokens));
}

/** Counts a few tokens per message for its role, and two characters for the blank line after a system text. */
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

/** Share of the input that attachments may fill; the rest is for the question, the platform's additions and errors of the estimate. */
const attachedShare = 0.75;
const shortestTelling = 200;
/** Estimates may be too low; a trimmed prompt must still fit. */
const headroom = 1.1;
