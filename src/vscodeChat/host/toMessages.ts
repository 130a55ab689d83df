/** Converts VS Code's messages to Qiao's, in an order that the platforms accept. */

import type { ChatMessage, ImageContent, ModelInfo } from '../../llm/chatModel.ts';
import { type MessagePart, readPart } from './messageParts.ts';

export interface VscodeMessage {
  /** 1: user, 2: assistant, 3: system, which the typings do not name. */
  role: number;
  content: readonly unknown[];
}

/**
 * Replaces images for a model without vision, and tool calls for a model without tools: the conversation may have begun
 * with another model.
 */
export function toMessages(
  messages: readonly VscodeMessage[],
  info: Pick<ModelInfo, 'imageInput' | 'toolCalling'>,
): ChatMessage[] {
  const system: string[] = [];
  const others: ChatMessage[] = [];
  for (const { role, content } of messages) {
    const parts = content.map(readPart);
    if (role === 3) system.push(textOf(parts));
    else if (role === 2) others.push(...toAssistant(parts));
    else others.push(...toUser(parts, info.imageInput !== false));
  }
  const text = system.filter((piece) => piece.trim() !== '').join('\n\n');
  const complete = info.toolCalling ? pairResults(others) : tellCalls(others);
  return [...(text === '' ? [] : [{ role: 'system' as const, content: text }]), ...joinSpeakers(complete)];
}

/** Joins messages of one role, because older models require alternating roles. */
function joinSpeakers(messages: readonly ChatMessage[]): ChatMessage[] {
  const joined: ChatMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (!last || last.role !== message.role || message.role === 'tool' || last.toolCalls) {
      joined.push(message);
      continue;
    }
    const content = [last.content, message.content].filter(Boolean).join('\n\n');
    const images = [...(last.images ?? []), ...(message.images ?? [])];
    joined[joined.length - 1] = { ...message, content, ...(images.length > 0 ? { images } : {}) };
  }
  return joined;
}

function toAssistant(parts: readonly MessagePart[]): ChatMessage[] {
  const content = textOf(parts);
  const thoughts = parts.map((part) => (part.type === 'thinking' ? part.text : '')).join('');
  const reasoning = thoughts === '' ? {} : { reasoning: thoughts };
  const toolCalls = parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.id, name: part.name, arguments: JSON.stringify(part.input) }]
      : [],
  );
  if (toolCalls.length > 0) return [{ role: 'assistant', content, ...reasoning, toolCalls }];
  return content.trim() === '' ? [] : [{ role: 'assistant', content, ...reasoning }];
}

/** Tool results come before the user's text, because they answer the previous message's calls. */
function toUser(parts: readonly MessagePart[], sees: boolean): ChatMessage[] {
  const results = parts.flatMap((part): ChatMessage[] => {
    if (part.type !== 'tool-result') return [];
    const result = toContent(part.parts, sees);
    const content = result.content === '' && !result.images ? noOutput : result.content;
    return [{ role: 'tool', toolCallId: part.id, ...result, content }];
  });
  const said = toContent(parts, sees);
  if (said.content.trim() === '' && !said.images) return results;
  return [...results, { role: 'user', ...said }];
}

function toContent(
  parts: readonly MessagePart[],
  sees: boolean,
): { content: string; images?: ImageContent[] } {
  const images = parts.filter((part) => part.type === 'image');
  const content = textOf(parts);
  if (images.length === 0) return { content };
  if (!sees) return { content: [...images.map(() => '[image]'), content].filter(Boolean).join('\n\n') };
  return {
    content,
    images: images.map(({ mimeType, data }) => ({ mimeType, data: Buffer.from(data).toString('base64') })),
  };
}

function textOf(parts: readonly MessagePart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/**
 * Platforms refuse a call without a result (left by a stopped request) and a result without its call (left when the
 * start of a conversation is cut off).
 */
function pairResults(messages: readonly ChatMessage[]): ChatMessage[] {
  const paired: ChatMessage[] = [];
  let open: string[] = [];
  const close = (): void => {
    for (const toolCallId of open) paired.push({ role: 'tool', toolCallId, content: noResult });
    open = [];
  };
  for (const message of messages) {
    const { toolCallId } = message;
    if (message.role !== 'tool') {
      close();
      paired.push(message);
      open = message.toolCalls?.map(({ id }) => id) ?? [];
    } else if (toolCallId !== undefined && open.includes(toolCallId)) {
      open = open.filter((id) => id !== toolCallId);
      paired.push(message);
    } else {
      close();
      paired.push(asTold(message));
    }
  }
  close();
  return paired;
}

function tellCalls(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map((message) => {
    if (message.role === 'tool') return asTold(message);
    const { toolCalls = [], ...rest } = message;
    if (toolCalls.length === 0) return message;
    const calls = toolCalls.map((call) => `[tool call: ${call.name} ${call.arguments}]`);
    return { ...rest, content: [rest.content, ...calls].filter(Boolean).join('\n\n') };
  });
}

function asTold({ content, images }: ChatMessage): ChatMessage {
  return { role: 'user', content: `[tool result]\n${content}`, ...(images ? { images } : {}) };
}

/** Sent to the model; platforms refuse empty messages. */
const noOutput = '(no output)';
const noResult = '(no result: the call was stopped)';
