/** From a conversation to the messages of one request, within the model's budget. */

import type { ChatMessage, ModelInfo } from './chatModel.ts';
import type { Attachment, Turn } from './conversation.ts';
import { estimateTokens } from './tokens.ts';

export interface Prompt {
  messages: ChatMessage[];
  /** How many of the oldest turns did not fit. */
  omittedTurns: number;
}

export interface PromptOptions {
  /** Earlier turns, oldest first, without the one that is asked now. */
  history: readonly Turn[];
  question: Pick<Turn, 'question' | 'attachments'>;
  systemPrompt: string;
  info: ModelInfo;
  /** Tokens to keep free for the answer. */
  outputTokens: number;
}

export function assemblePrompt({
  history,
  question,
  systemPrompt,
  info,
  outputTokens,
}: PromptOptions): Prompt {
  const system: ChatMessage[] = systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt }];
  const current: ChatMessage = { role: 'user', content: formatQuestion(question) };
  const pairs = history.filter(isWorthRepeating).map((turn): ChatMessage[] => [
    { role: 'user', content: formatQuestion(turn) },
    { role: 'assistant', content: turn.answer.text },
  ]);
  const budget = info.maxInputTokens ?? (info.contextTokens ?? Infinity) - outputTokens;
  const characterBudget = info.maxInputCharacters ?? Infinity;
  let tokens = countTokens([...system, current]);
  let characters = countCharacters([...system, current]);
  let kept = pairs.length;
  while (kept > 0) {
    tokens += countTokens(pairs[kept - 1] ?? []);
    characters += countCharacters(pairs[kept - 1] ?? []);
    if (tokens > budget || characters > characterBudget) break;
    kept--;
  }
  return { messages: [...system, ...pairs.slice(kept).flat(), current], omittedTurns: kept };
}

/** The question behind its code. Each piece of code is fenced with a fence longer than any inside it. */
export function formatQuestion({ question, attachments }: Pick<Turn, 'question' | 'attachments'>): string {
  return [...attachments.map(fence), question].join('\n\n');
}

function fence({ languageId, path, startLine, endLine, text }: Attachment): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const name = path.replace(/[`\r\n]/g, ' ');
  return `${ticks}${languageId} ${name}:${startLine}-${endLine}\n${text}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
}

/** A turn without an answer, or one the platform's moderation ended, would only spoil the next request. */
export function isWorthRepeating({ answer }: Turn): boolean {
  const moderated = answer.error?.kind === 'content-filtered' || answer.finishReason === 'content-filter';
  return answer.text.trim() !== '' && !moderated;
}

/** A few tokens a message go to its role. */
function countTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((total, { content }) => total + estimateTokens(content) + 4, 0);
}

/** Two more for the blank line that joins a system text to a question. */
function countCharacters(messages: readonly ChatMessage[]): number {
  return messages.reduce((total, { content }) => total + content.length + 2, 0);
}
