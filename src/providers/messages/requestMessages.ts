/** Writes messages, tools and parameter names in the form that OpenAI's and DashScope's protocols share. */

import type { ChatMessage, ImageContent, ToolDefinition } from '../../llm/chatModel.ts';
import { moveToolImages } from './images.ts';

export interface RequestMessageOptions {
  /** Writes a message's content from its text and images. */
  toContent(text: string, images: readonly ImageContent[]): string | object[];
  /** The reasoning to send back with a message; default none. */
  toReasoning?(message: ChatMessage): string | undefined;
}

export function toMessages(
  messages: readonly ChatMessage[],
  { toContent, toReasoning }: RequestMessageOptions,
): object[] {
  return moveToolImages(messages).map((message) => {
    const { role, content, images = [], toolCalls, toolCallId } = message;
    const reasoning = role === 'assistant' ? toReasoning?.(message) : undefined;
    return {
      role,
      content: toContent(content, images),
      ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
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

export function toTools(tools: readonly ToolDefinition[]): object[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }));
}

/** The parameters' names in OpenAI's and DashScope's protocols. */
export const memberNames = {
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

/** Lower-cases header names, so that the user's headers never double the protocol's. */
export function lowerCaseNames(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
