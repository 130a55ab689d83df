/** Messages, tools and names of parameters in the form that OpenAI's and DashScope's protocols share. */

import type { ChatMessage, ImageContent, ToolDefinition } from '../../llm/chatModel.ts';
import { moveToolImages } from './images.ts';

export interface WireMessageOptions {
  /** Writes a message's text and images, in the order in which they are to be read. */
  toContent(text: string, images: readonly ImageContent[]): string | object[];
  /** The thoughts that go back with a message; default none. */
  toThoughts?(message: ChatMessage): string | undefined;
}

export function toWireMessages(
  messages: readonly ChatMessage[],
  { toContent, toThoughts }: WireMessageOptions,
): object[] {
  return moveToolImages(messages).map((message) => {
    const { role, content, images = [], toolCalls, toolCallId } = message;
    const thoughts = role === 'assistant' ? toThoughts?.(message) : undefined;
    return {
      role,
      content: toContent(content, images),
      ...(thoughts === undefined ? {} : { reasoning_content: thoughts }),
      ...(toolCalls?.length
        ? {
            tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
              id,
              type: 'function',
              function: { name, arguments: text },
            })),
          }
        : {}),
      ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
    };
  });
}

export function toWireTools(tools: readonly ToolDefinition[]): object[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }));
}

/** What OpenAI's and DashScope's protocols call the parameters. */
export const wireNames = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  maxOutputTokens: 'max_tokens',
  seed: 'seed',
  stop: 'stop',
  repetitionPenalty: 'repetition_penalty',
  presencePenalty: 'presence_penalty',
  enableThinking: 'enable_thinking',
  thinkingBudget: 'thinking_budget',
} as const;

/** So that the user's own header and one of the protocol's never go out side by side. */
export function lowerCaseNames(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
