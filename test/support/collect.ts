/** Reads a whole answer and tells how it ended, for tests. */

import { ChatError } from '../../src/llm/chatError.ts';
import type { ChatModel, ChatRequest, FinishPart, StreamPart } from '../../src/llm/chatModel.ts';

export interface Collected {
  parts: StreamPart[];
  text: string;
  reasoning: string;
  finish?: FinishPart;
  error?: ChatError;
}

/** Throws what is not a `ChatError`. */
export async function collect(
  model: ChatModel,
  request: ChatRequest,
  signal = new AbortController().signal,
): Promise<Collected> {
  const collected: Collected = { parts: [], text: '', reasoning: '' };
  try {
    for await (const part of model.stream(request, signal)) {
      collected.parts.push(part);
      if (part.type === 'text-delta') collected.text += part.text;
      if (part.type === 'text-replace') collected.text = part.text;
      if (part.type === 'reasoning-delta') collected.reasoning += part.text;
      if (part.type === 'finish') collected.finish = part;
    }
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    collected.error = error;
  }
  return collected;
}
